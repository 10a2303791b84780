import { playwright } from '@vitest/browser-playwright'
import type { Adapter } from './adapter.ts'
import { launchOf } from './browser.ts'

/** What Vitest needs to run tests in a page, of a browser whose WebGPU has an adapter. */
export function inBrowser(adapter: Adapter) {
  return {
    enabled: true,
    headless: true,
    screenshotFailures: false,
    provider: playwright({ launchOptions: launchOf(adapter) }),
    instances: [{ browser: 'chromium' as const }],
  }
}
