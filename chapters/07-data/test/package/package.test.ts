import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { publint } from 'publint'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Browser, openBrowser } from '../../../06-gpu/test/machine/open-browser.ts'
import { bundle } from './bundle.ts'
import { installProject, tool, tsc } from './install.ts'
import { openPage, type Serving } from './open-page.ts'

const run = promisify(execFile)
vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 })

let installed: Awaited<ReturnType<typeof installProject>>
beforeAll(async () => {
  installed = await installProject()
})
afterAll(() => installed?.remove())

const names = ['autograd', 'conv', 'gpu', 'nn', 'optim', 'tensor']

test('all chapters come along, at the versions that they were packed with', () => {
  const { project, packed } = installed
  const scope = join(project, 'node_modules/@deepdive')
  expect(readdirSync(scope).sort()).toEqual(names)
  for (const { manifest } of packed) {
    expect(JSON.stringify(manifest)).not.toContain('workspace:')
  }
  const { dependencies } = manifestOf(join(project, 'node_modules/deepdive'))
  for (const name of names) {
    const { version } = manifestOf(join(scope, name))
    expect(dependencies[`@deepdive/${name}`]).toBe(version)
  }
})

function manifestOf(folder: string) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

test('each says how it may be used, and may be published', () => {
  const { project, packed } = installed
  for (const { manifest } of packed) {
    const folder = join(project, 'node_modules', manifest.name)
    expect(manifestOf(folder)).toMatchObject({
      license: 'MIT',
      description: expect.any(String),
      publishConfig: { access: 'public' },
    })
    for (const file of ['LICENSE', 'README.md']) {
      expect(existsSync(join(folder, file))).toBe(true)
    }
  }
})

test('a program in Node trains, saves and loads', async () => {
  const { stdout } = await run(process.execPath, ['node.js'], {
    cwd: installed.project,
  })
  expect(JSON.parse(stdout)).toEqual({
    answers: [false, true, true, false],
    epochs: 200,
    sizes: [2, 1],
    loss: 'function',
    hub: expect.stringContaining('install it by npm install @huggingface/hub'),
  })
})

test('Node loads few files, each of which was joined from many', async () => {
  const { stdout } = await run(process.execPath, ['loaded.js'], {
    cwd: installed.project,
  })
  const files = stdout.split('\n').filter((file) => /deepdive\/.*dist/.test(file))
  expect(files.filter((file) => !file.includes('/dist/node/'))).toEqual([])
  expect(files.length).toBeGreaterThanOrEqual(names.length + 1)
  expect(files.length).toBeLessThanOrEqual(20)
})

test.each(['nodenext', 'bundler'])(
  'TypeScript finds all types by moduleResolution %s, and checks them',
  async (resolution) => {
    const config = ['-p', `tsconfig.${resolution}.json`]
    expect(await tool(tsc, config, installed.project)).toBe('')
  },
)

describe('a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  describe.each<Serving>(['built', 'served'])('with a page that Vite has %s', (how) => {
    let page: Awaited<ReturnType<typeof openPage>>
    beforeAll(async () => {
      page = await openPage(browser, installed.project, how)
    })
    afterAll(async () => {
      expect(page.errors).toEqual([])
      await page.close()
    })

    test('trains', async () => {
      expect(await page.call('train')).toEqual([false, true, true, false])
    })

    test('trains in a Web Worker, which tells of each step', async () => {
      const answers = [false, true, true, false]
      expect(await page.call('trainInWorker')).toEqual({ steps: 200, answers })
    })

    test('computes on two threads what one computes', async () => {
      const found = { threads: 2, equal: [true, true], sleepers: 1 }
      expect(await page.call('computeOnThreads')).toEqual(found)
    })

    test('decodes images in workers', async () => {
      const middles = [
        [80, 0, 20],
        [20, 40, 60],
      ]
      expect(await page.call('decodeInWorkers')).toEqual({ workers: 2, middles })
    })

    test('computes on the GPU in a Web Worker', async () => {
      const product = [
        [7, 10],
        [15, 22],
      ]
      expect(await page.call('computeInWorker')).toEqual({ device: 'webgpu', product })
    })
  })
})

describe('a bundle', () => {
  const kernels = /@deepdive\/gpu\/dist\/simd\/binary/
  /** How each binary of WebAssembly begins, as text in base64. */
  const webAssembly = btoa('\0asm').slice(0, 5)

  test('of tensors and a layer is under 40 KB', async () => {
    const { size, files } = await bundle(installed.project, 'small.js')
    expect(size).toBeLessThan(40_000)
    expect(files.filter((file) => kernels.test(file))).toEqual([])
  })

  describe.each(['page', 'server'] as const)('for a %s', (where) => {
    test('has the kernels that a convolution needs', async () => {
      const { code } = await bundle(installed.project, 'conv.js', where)
      const file = join(installed.project, 'bundle.js')
      writeFileSync(file, code)
      const { stdout } = await run(process.execPath, [file])
      expect(stdout).toBe('1,2,2,2\n')
    })

    test('has the fast kernels where a program asks for them', async () => {
      const { code } = await bundle(installed.project, 'fast.js', where)
      expect(code).toContain(webAssembly)
    })
  })

  test('of all is under 150 KB, with the kernels', async () => {
    const { size, files } = await bundle(installed.project, 'all.js')
    expect(size).toBeLessThan(150_000)
    expect(files.filter((file) => kernels.test(file)).length).toBe(1)
  })
})

test('publint and Are the types wrong? find nothing', async () => {
  const { project, packed } = installed
  const require = createRequire(import.meta.url)
  const folder = dirname(require.resolve('@arethetypeswrong/cli/package.json'))
  const attw = join(folder, 'dist/index.js')
  const checks = packed.map(async ({ manifest, file }) => {
    const pkgDir = join(project, 'node_modules', manifest.name)
    const { messages } = await publint({ pkgDir, pack: false, strict: true })
    expect(messages).toEqual([])
    const flags = ['--profile', 'esm-only', '--quiet']
    expect(await tool(attw, [file, ...flags], project)).toBe('')
  })
  await Promise.all(checks)
})
