import { defaultClientConditions } from 'vite'
import { defineConfig } from 'vitest/config'
import { config } from '../../tools/testing/vitest.config.ts'
import { chooseAdapter, environmentFor } from './test/machine/adapter.ts'
import { inBrowser } from './test/machine/in-browser.ts'

const adapter = chooseAdapter()

const { resolve, ssr } = config
const { setupFiles } = config.test

export default defineConfig({
  resolve,
  ssr,
  test: {
    setupFiles,
    testTimeout: 30_000,
    // What computes on the processor as a GPU would is not worth a line each.
    slowTestThreshold: 5_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'gpu',
          include: ['test/**/*.test.ts'],
          exclude: ['test/webgpu/**', 'test/chromium/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'cpu with SIMD',
          include: ['../0[1-5]-*/test/**/*.test.ts'],
          setupFiles: [setupFiles, 'test/simd.setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'cpu with SIMD on 2 threads',
          include: ['../0[1-5]-*/test/**/*.test.ts'],
          setupFiles: [setupFiles, 'test/threads.setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: `webgpu on ${adapter}`,
          include: ['test/webgpu/**/*.test.ts'],
          pool: 'forks',
          env: environmentFor(adapter),
          // SwiftShader takes all of the processor for one device.
          fileParallelism: false,
        },
      },
      {
        extends: true,
        // Threads share memory in pages alone that are isolated from others.
        server: {
          headers: {
            'Cross-Origin-Opener-Policy': 'same-origin',
            'Cross-Origin-Embedder-Policy': 'require-corp',
          },
        },
        // Found out late, it would load the page anew in the middle of a test.
        optimizeDeps: { include: ['fast-check'] },
        resolve: { conditions: [...resolve.conditions, ...defaultClientConditions] },
        test: {
          name: `Chromium on ${adapter}`,
          include: ['test/chromium/**/*.test.ts'],
          browser: inBrowser(adapter),
        },
      },
    ],
  },
})
