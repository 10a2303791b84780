import type { ViteUserConfig } from 'vitest/config'

/** Packages resolve to their source, so that a change shows without a build. */
const conditions = ['deepdive-source']

export const config = {
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { include: ['test/**/*.test.ts'], testTimeout: 30_000 },
} satisfies ViteUserConfig
