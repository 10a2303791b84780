import { defineConfig } from 'vitest/config'
import { config } from '../../tools/testing/vitest.config.ts'
import { chooseAdapter, environmentFor } from './test/machine/adapter.ts'

const adapter = chooseAdapter()

export default defineConfig({
  ...config,
  test: {
    ...config.test,
    projects: [
      {
        extends: true,
        test: { name: 'gpu', exclude: ['test/webgpu/**'] },
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
