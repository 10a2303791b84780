import { type Browser, chromium } from 'playwright'
import { type Adapter, chooseAdapter } from './adapter.ts'
import { launchOf } from './browser.ts'

export type { Browser }

/** A browser whose pages have WebGPU, on the adapter that is there. */
export function openBrowser(adapter: Adapter = chooseAdapter()): Promise<Browser> {
  return chromium.launch(launchOf(adapter))
}
