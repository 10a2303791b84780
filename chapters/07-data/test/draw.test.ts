import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Browser, openBrowser } from '../../06-gpu/test/machine/open-browser.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 })

const folder = mkdtempSync(join(tmpdir(), 'deepdive-'))
let browser: Browser
let job: ChildProcess | undefined

beforeAll(async () => {
  browser = await openBrowser('swiftshader')
})
afterAll(async () => {
  job?.kill()
  await browser.close()
  rmSync(folder, { recursive: true })
})

/** Starts the example; resolves with what it says until it serves its page. */
async function serve(): Promise<string> {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const example = fileURLToPath(new URL('../examples/draw.ts', import.meta.url))
  const loader = ['--conditions=deepdive-source', '--import', tsx]
  const flags = ['--epochs', '1', '--port', '0']
  const started = spawn(process.execPath, [...loader, example, ...flags], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  job = started
  let said = ''
  for await (const text of started.stdout) {
    said += text
    if (said.includes('Draw a digit on')) return said
  }
  throw new Error(`draw.ts ended: ${said}`)
}

type Page = Awaited<ReturnType<Browser['newPage']>>
type Point = readonly [x: number, y: number]

/** Where the field to draw on is. */
async function fieldOf(page: Page) {
  const box = await page.locator('#pad').boundingBox()
  if (box) return box
  throw new Error('there is no field to draw on')
}

/** Draws by the mouse on an empty field, whose sides are 1. */
async function draw(page: Page, strokes: readonly (readonly Point[])[]): Promise<void> {
  await page.click('#clear')
  await expect.poll(() => page.locator('#digit').isVisible()).toBe(false)
  const { x: left, y: top, width } = await fieldOf(page)
  for (const [start, ...points] of strokes) {
    await page.mouse.move(left + start[0] * width, top + start[1] * width)
    await page.mouse.down()
    for (const [x, y] of points) {
      await page.mouse.move(left + x * width, top + y * width, { steps: 5 })
    }
    await page.mouse.up()
  }
}

/** The alpha of each pixel that the network sees. */
const seen = `(() => {
  const pen = document.querySelector('#seen').getContext('2d')
  return Array.from(pen.getImageData(0, 0, 28, 28).data).filter((_, n) => n % 4 === 3)
})()`

/** As MNIST has digits: 20 pixels high, their centre of mass in the middle. */
async function expectAsMnist(page: Page): Promise<void> {
  const ink: number[] = (await page.evaluate(seen)) as number[]
  const mass = ink.reduce((sum, amount) => sum + amount, 0)
  const mean = (at: (n: number) => number) =>
    ink.reduce((sum, amount, n) => sum + amount * at(n), 0) / mass
  expect(mean((n) => (n % 28) + 0.5)).toBeCloseTo(14, 0)
  expect(mean((n) => Math.floor(n / 28) + 0.5)).toBeCloseTo(14, 0)
  const rows = ink.flatMap((amount, n) => (amount > 60 ? [Math.floor(n / 28)] : []))
  expect(Math.abs(Math.max(...rows) + 1 - Math.min(...rows) - 20)).toBeLessThan(2)
}

function circle(x: number, y: number, width: number, height: number): Point[] {
  return Array.from({ length: 33 }, (_, n): Point => {
    const angle = (n / 32) * 2 * Math.PI
    return [x - (width / 2) * Math.sin(angle), y - (height / 2) * Math.cos(angle)]
  })
}

const one: Point[] = [
  [0.52, 0.2],
  [0.48, 0.8],
]
const seven: Point[] = [
  [0.3, 0.2],
  [0.7, 0.2],
  [0.45, 0.8],
]

test('a network reads the digits that one draws in a page', async () => {
  const said = await serve()
  expect(said).toMatch(/epoch 1\/1 .* validation loss \S+ +accuracy 9\d\.\d\d %/)
  expect(existsSync(join(folder, 'digits.safetensors'))).toBe(true)
  const page = await browser.newPage()
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  await page.goto(said.match(/http:\S+/)?.[0] ?? '')
  await expect
    .poll(() => page.locator('#status').textContent(), { timeout: 60_000 })
    .toContain('It has learned from 8,000 digits')
  const drawings: readonly (readonly [digit: string, strokes: Point[][]])[] = [
    ['0', [circle(0.5, 0.5, 0.4, 0.6)]],
    ['1', [one]],
    ['7', [seven]],
    ['0', [circle(0.85, 0.85, 0.14, 0.25)]],
    ['7', [seven.map(([x, y]): Point => [0.4 * x, 0.4 * y])]],
    [
      '0',
      [circle(0.5, 0.5, 0.4, 0.6).slice(0, 17), circle(0.5, 0.5, 0.4, 0.6).slice(16)],
    ],
  ]
  for (const [digit, strokes] of drawings) {
    await draw(page, strokes)
    await expect
      .poll(() => page.locator('.likeliest').textContent())
      .toMatch(new RegExp(`^${digit}\\d+ %$`))
    expect(await page.locator('#digit').textContent()).toBe(digit)
    await expectAsMnist(page)
  }
  await page.setViewportSize({ width: 320, height: 640 })
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
  expect(errors).toEqual([])
  await page.close()
})
