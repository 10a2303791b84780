import { defaultClientConditions, defineConfig } from 'vite'
import { digits } from './digits-plugin.ts'

/** Only pages that are isolated from others may share memory among threads. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  // The library comes from its source, so that a change shows at once.
  resolve: { conditions: ['deepdive-source', ...defaultClientConditions] },
  server: { headers },
  preview: { headers },
  plugins: [digits()],
})
