import { defineConfig } from 'vitest/config'
import { config } from '../../tools/testing/vitest.config.ts'
import { chooseAdapter, environmentFor } from './test/machine/adapter.ts'

const adapter = chooseAdapter()

const { resolve, ssr } = config

export default defineConfig({
  resolve,
  ssr,
  test: {
    testTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'gpu',
          include: ['test/**/*.test.ts'],
          exclude: ['test/webgpu/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'cpu with SIMD',
          include: ['../0[1-5]-*/test/**/*.test.ts'],
          setupFiles: ['test/simd.setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: `webgpu on ${adapter}`,
          include: ['test/webgpu/**/*.test.ts'],
          pool: 'forks',
          env: environmentFor(adapter),
          // One process for all files, so that each pipeline is compiled once.
          isolate: false,
          fileParallelism: false,
        },
      },
    ],
  },
})
