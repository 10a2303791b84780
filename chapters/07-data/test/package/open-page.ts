import { build, createServer, preview } from 'vite'
import type { Browser } from '../../../06-gpu/test/machine/open-browser.ts'

/** Only pages that are isolated from others may share memory among threads. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

/** How Vite gives pages to a browser: as a bundle, or file by file while one writes. */
export type Serving = 'built' | 'served'

/** The page of a project in a browser, where its tasks can be called by name. */
export async function openPage(browser: Browser, root: string, serving: Serving) {
  const place = { port: 0, headers }
  const options = { root, configFile: false, logLevel: 'error' } as const
  if (serving === 'built') await build(options)
  const server =
    serving === 'built'
      ? await preview({ ...options, preview: place })
      : await (await createServer({ ...options, server: place })).listen()
  const page = await browser.newPage()
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  page.on('console', (said) => {
    if (said.type() === 'error') errors.push(said.text())
  })
  await page.goto(server.resolvedUrls?.local[0] ?? '')
  await page.waitForFunction('globalThis.tasks')
  return {
    errors,
    call: (task: string): Promise<unknown> => page.evaluate(`tasks.${task}()`),
    close: async () => {
      await page.close()
      await server.close()
    },
  }
}
