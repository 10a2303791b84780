import { fileURLToPath } from 'node:url'
import type { ViteUserConfig } from 'vitest/config'

/** Packages resolve to their source, so that a change shows without a build. */
const conditions = ['deepdive-source']

export const config = {
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: fileURLToPath(new URL('./properties.setup.ts', import.meta.url)),
    testTimeout: 30_000,
  },
} satisfies ViteUserConfig
