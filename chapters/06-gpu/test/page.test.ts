import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright'
import { build, createServer, preview } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from './machine/open-browser.ts'

const configFile = fileURLToPath(
  new URL('../examples/page/vite.config.ts', import.meta.url),
)
const options = { configFile, logLevel: 'error' } as const

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** A page, and the errors that come up in it. */
async function openPage(): Promise<{ page: Page; errors: string[] }> {
  const page = await browser.newPage()
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  page.on('console', (said) => {
    if (said.type() === 'error') errors.push(said.text())
  })
  return { page, errors }
}

const textOf = async (page: Page, id: string) =>
  (await page.locator(`#${id}`).textContent()) ?? ''
const numberOf = async (page: Page, id: string) => Number(await textOf(page, id))

/** The loss of the first steps, about log 10, falls by half. */
async function expectLearning(page: Page): Promise<void> {
  await expect.poll(() => numberOf(page, 'loss'), patience).toBeLessThan(1.15)
  expect(await numberOf(page, 'step')).toBeGreaterThan(2)
  expect(await textOf(page, 'accuracy')).toMatch(/^\d+\.\d %$/)
  await expect
    .poll(() => page.locator('#curve .mean').getAttribute('d'), patience)
    .toMatch(/^M .* L /)
  expect(await page.locator('#samples figure').count()).toBe(24)
}

const patience = { timeout: 120_000, interval: 50 }

test('the digit network learns in a page, on the GPU', async () => {
  const server = await createServer({ ...options, server: { port: 0 } })
  await server.listen()
  const { page, errors } = await openPage()
  await page.goto(server.resolvedUrls?.local[0] ?? '')
  await expect.poll(() => textOf(page, 'status'), patience).toContain('on the GPU')
  await expectLearning(page)
  expect(await textOf(page, 'note')).toBe('')
  expect(errors).toEqual([])
  await page.close()
  await server.close()
}, 300_000)

test('the built page learns on the CPU without WebGPU, and says why', async () => {
  const outDir = await mkdtemp(join(tmpdir(), 'deepdive-page-'))
  await build({ ...options, build: { outDir } })
  const server = await preview({ ...options, build: { outDir }, preview: { port: 0 } })
  const { page, errors } = await openPage()
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'gpu', { value: undefined })
  })
  await page.goto(server.resolvedUrls?.local[0] ?? '')
  await expect.poll(() => textOf(page, 'status'), patience).toContain('on the CPU')
  await expectLearning(page)
  expect(await textOf(page, 'note')).toContain('WebGPU')
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
  await expect.poll(() => textOf(page, 'status'), patience).toContain('Trained on')
  expect(Number.parseFloat(await textOf(page, 'accuracy'))).toBeGreaterThan(90)
  expect(errors).toEqual([])
  await page.close()
  await server.close()
  await rm(outDir, { recursive: true })
}, 300_000)
