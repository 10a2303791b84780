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
        // Any other that was found out late would load the page anew in a test's middle.
        optimizeDeps: { include: decoders, noDiscovery: true },
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
