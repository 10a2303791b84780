import { defaultClientConditions } from 'vite'
import { defineConfig } from 'vitest/config'
import { config } from '../../tools/testing/vitest.config.ts'
import { inBrowser } from '../06-gpu/test/machine/in-browser.ts'
import { commands } from './test/chromium/hub-commands.ts'

const { resolve, ssr, test } = config

/** What the library imports where it is used. */
const decoders = [
  '@huggingface/hub',
  'echarts',
  'fast-png',
  'hyparquet',
  'hyparquet-compressors',
  'jpeg-js',
  'papaparse',
]

export default defineConfig({
  resolve,
  ssr,
  test: {
    projects: [
      {
        extends: true,
        test: { ...test, name: 'data', exclude: ['test/chromium/**'] },
      },
      {
        extends: true,
        resolve: { conditions: [...resolve.conditions, ...defaultClientConditions] },
        // Found out late, they would load the page anew in the middle of a test.
        optimizeDeps: { include: decoders },
        test: {
          ...test,
          name: 'Chromium',
          include: ['test/chromium/**/*.test.ts'],
          browser: { ...inBrowser('system'), commands },
        },
      },
    ],
  },
})
