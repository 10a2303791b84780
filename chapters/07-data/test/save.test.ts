import { readFileSync } from 'node:fs'
import {
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openFile, replaceFile as replaceInBrowser } from '../src/files/browser.ts'
import { replaceFile } from '../src/files/node.ts'
import { writeHandle } from '../src/files/target.ts'
import { cpu, data, load, nn, save, tensor, zeros } from '../src/index.ts'

const calls: string[] = []

/** Notes the order in which the disk is asked for things. */
vi.mock('node:fs/promises', async (original) => {
  const fs = await original<typeof import('node:fs/promises')>()
  return {
    ...fs,
    open: async (path: string, flags: string) => {
      const handle = await fs.open(path, flags)
      const { sync, writeFile, close } = handle
      const name = path.replace(/^.*\//, '')
      calls.push(`open ${name} ${flags}`)
      handle.sync = () => noted(`sync ${name}`, sync.call(handle))
      handle.close = () => noted(`close ${name}`, close.call(handle))
      handle.writeFile = (...args) =>
        noted(`write ${name}`, writeFile.apply(handle, args))
      return handle
    },
    rename: (from: string, to: string) => {
      calls.push(`rename to ${to.replace(/^.*\//, '')}`)
      return fs.rename(from, to)
    },
  }
})

function noted<Result>(call: string, result: Result): Result {
  calls.push(call)
  return result
}

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deepdive-'))
  calls.length = 0
})
afterEach(() => rm(folder, { recursive: true }))

const path = (name = 'w.safetensors') => join(folder, name)

describe('a file of tensors is loaded', () => {
  const w = tensor([1, 2, 3])

  test('from its path, or the URL of it', async () => {
    await save({ w }, path())
    expect((await load(path())).w.toArray()).toEqual([1, 2, 3])
    await save({ w: w.neg() }, pathToFileURL(path()))
    expect((await load(pathToFileURL(path()))).w.toArray()).toEqual([-1, -2, -3])
    expect((await load(pathToFileURL(path()).href)).w.toArray()).toEqual([-1, -2, -3])
  })

  test('from bytes, aligned or not', async () => {
    const bytes = await data.serialize({ w })
    for (const before of [0, 1, 4]) {
      const larger = new Uint8Array(bytes.length + before + 3)
      larger.set(bytes, before)
      const part = larger.subarray(before, before + bytes.length)
      const loaded = (await load(part)).w
      expect(loaded.toArray()).toEqual([1, 2, 3])
      const shares = Object(loaded.array.storage.memory).buffer === larger.buffer
      expect(shares).toBe(before % 4 === 0)
    }
    expect((await load(bytes.buffer)).w.toArray()).toEqual([1, 2, 3])
    expect((await load(new DataView(bytes.buffer))).w.toArray()).toEqual([1, 2, 3])
  })

  test('from a Blob, a File and a Response', async () => {
    const bytes = await data.serialize({ w })
    for (const source of [
      new Blob([bytes]),
      new File([bytes], 'w'),
      new Response(bytes),
    ])
      expect((await load(source)).w.toArray()).toEqual([1, 2, 3])
  })

  test('one tensor at a time, without reading the others', async () => {
    const blob = new Blob([await data.serialize({ w, other: zeros([1000]) })])
    const slice = vi.spyOn(blob, 'slice')
    const file = await data.safeOpen(blob)
    slice.mockClear()
    expect((await file.getTensor('w')).toArray()).toEqual([1, 2, 3])
    const [[start, end]] = slice.mock.calls
    expect(Number(end) - Number(start)).toBe(12)
  })
})

describe('what cannot be loaded is said:', () => {
  test.each([
    ['a missing file', () => load(path()), 'w.safetensors: there is no such file or'],
    ['a folder', () => load(folder), ': it is a folder, and no file'],
    [
      'an answer of 404',
      () => load(new Response('', { status: 404 })),
      'FileError: load: this Response: the server answered 404',
    ],
    [
      'a broken file, by its name',
      () => load(new File(['123'], 'my.safetensors')),
      'FileError: load: my.safetensors: it has 3 bytes, and a safetensors file begins',
    ],
    [
      'a number',
      () => Reflect.apply(load, undefined, [7]),
      'ValueError: load: the source is the number 7: it must be a path, bytes, a Blob, ' +
        'or what fetch gave',
    ],
    [
      'the address of a file',
      () => load('https://localhost/w'),
      'FileError: load: https://localhost/w: it is no path: pass await fetch(url)',
    ],
    [
      'a path in a browser',
      () => openFile('load', 'w'),
      'FileError: load: w: a browser has no files by their paths: pass bytes, a File, or',
    ],
  ])('%s', async (_, run, text) => {
    expect(await run().then(String, String)).toContain(text)
  })

  test('a file that was closed', async () => {
    await save({ w: zeros([1]) }, path())
    const file = await data.safeOpen(path())
    await file.close()
    await expect(file.getTensor('w')).rejects.toThrow(
      /^safeOpen: .*w\.safetensors: it was closed$/,
    )
  })

  test('a file that shrinks while it is read', async () => {
    await save({ w: zeros([1000]) }, path())
    const file = await data.safeOpen(path())
    await writeFile(path(), '')
    await expect(file.getTensor('w')).rejects.toThrow(
      /it was cut short while it was read/,
    )
    await file.close()
  })

  test('and the file is closed', async () => {
    await writeFile(path(), 'no tensors at all')
    await load(path()).catch(() => {})
    await save({ w: zeros([1]) }, path())
    await load(path())
    const count = (word: string) => calls.filter((call) => call.startsWith(word)).length
    expect(count('open')).toBeGreaterThan(3)
    expect(count('close')).toBe(count('open'))
  })
})

describe('a file is written whole or not at all:', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)

  test('beside the old one, to the disk, and only then in its place', async () => {
    await save({ w: zeros([1]) }, path())
    const [first] = calls
    const draft = first.slice('open '.length, -' wx'.length)
    expect(draft).toMatch(/^\.w\.safetensors\.[0-9a-f-]{36}\.tmp$/)
    expect(calls).toEqual([
      `open ${draft} wx`,
      `write ${draft}`, // the header
      `write ${draft}`,
      `sync ${draft}`,
      `close ${draft}`,
      'rename to w.safetensors',
      `open ${basename(folder)} r`,
      `sync ${basename(folder)}`,
      `close ${basename(folder)}`,
    ])
  })

  test('who reads meanwhile finds the old one', async () => {
    await writeFile(path(), 'old')
    const seen: string[] = []
    function* parts() {
      yield bytes('ne')
      seen.push(readFileSync(path(), 'utf8'))
      yield bytes('w')
    }
    await replaceFile('save', path(), parts())
    expect(seen).toEqual(['old'])
    expect(await readFile(path(), 'utf8')).toBe('new')
    expect(await readdir(folder)).toEqual(['w.safetensors'])
  })

  test('where writing fails, the old one stays, and nothing else', async () => {
    await writeFile(path(), 'old')
    function* parts() {
      yield bytes('ne')
      throw new Error('no more')
    }
    await expect(replaceFile('save', path(), parts())).rejects.toThrow('no more')
    expect(await readFile(path(), 'utf8')).toBe('old')
    expect(await readdir(folder)).toEqual(['w.safetensors'])
  })

  test('what a killed process left an hour ago is cleared away, and nothing else', async () => {
    const names = [
      '.w.safetensors.old.tmp',
      '.w.safetensors.new.tmp',
      '.w.safetensors.old',
    ]
    for (const name of names) await writeFile(path(name), 'draft')
    const old = new Date(Date.now() - 3_700_000)
    for (const name of [names[0], names[2]]) await utimes(path(name), old, old)
    await save({ w: zeros([1]) }, path())
    expect((await readdir(folder)).sort()).toEqual(
      [names[1], names[2], 'w.safetensors'].sort(),
    )
  })

  test('through a link, the file behind it is replaced', async () => {
    await writeFile(path('real'), 'old')
    await symlink(path('real'), path('link'))
    await replaceFile('save', path('link'), [bytes('new')])
    expect(await readFile(path('real'), 'utf8')).toBe('new')
    expect((await readdir(folder)).sort()).toEqual(['link', 'real'])
  })

  test('also where its name is as long as a name may be', async () => {
    const name = 'w'.repeat(255)
    await save({ w: zeros([1]) }, path(name))
    expect(await readdir(folder)).toEqual([name])
  })

  test('where it cannot be written, that is said', async () => {
    await expect(save({ w: zeros([1]) }, path('no/w'))).rejects.toThrow(
      /^save: .*no\/w: there is no such file or folder$/,
    )
    await expect(save({ w: zeros([1]) }, folder)).rejects.toThrow(
      /: it is a folder, and no/,
    )
    await writeFile(path('file'), '')
    await expect(save({ w: zeros([1]) }, path('file/w'))).rejects.toThrow(
      /^save: .*file\/w: a part of its path is no folder$/,
    )
    await expect(save({ w: zeros([1]) }, path('w'.repeat(300)))).rejects.toThrow(
      /^save: .*ww: its name is too long$/,
    )
    await rm(path('file'))
    await expect(replaceInBrowser('save', 'w')).rejects.toThrow(
      'save: w: a browser has no files by their paths: pass a file',
    )
    expect(await readdir(folder)).toEqual([])
  })
})

describe('a handle, as browsers have them,', () => {
  function handle(failing = false) {
    const done: string[] = []
    const stream = {
      write: async (part: Uint8Array) => {
        if (failing) throw new Error('no room')
        done.push(`write ${part.length}`)
      },
      close: async () => void done.push('close'),
      abort: async () => void done.push('abort'),
    }
    return { done, createWritable: async () => stream }
  }

  test('gets its new content when all of it is there', async () => {
    const target = handle()
    await save({ w: zeros([5]) }, target)
    expect(target.done).toEqual([
      expect.stringMatching(/write \d+/),
      'write 20',
      'close',
    ])
  })

  test('gets no memory that threads share, which it would not take', async () => {
    const write = vi.fn(async ({ buffer }: Uint8Array) => {
      expect(buffer).toBeInstanceOf(ArrayBuffer)
    })
    const stream = { write, close: async () => {}, abort: async () => {} }
    const shared = new Uint8Array(new SharedArrayBuffer(20))
    await writeHandle({ createWritable: async () => stream }, [shared])
    expect(write).toHaveBeenCalledWith(new Uint8Array(20))
  })

  test('and keeps the old where writing fails', async () => {
    const target = handle(true)
    await expect(save({ w: zeros([5]) }, target)).rejects.toThrow('no room')
    expect(target.done).toEqual(['abort'])
  })
})

describe('save', () => {
  test('takes a model, or tensors on any device', async () => {
    const model = new nn.Linear(2, 1)
    const read = vi.fn(async ({ memory }) => Float32Array.from(memory.hidden))
    const upload = (values: ArrayLike<number>) => ({ hidden: Array.from(values) })
    const far = { ...cpu, name: 'far', upload, read }
    await save({ ...model.stateDict(), far: tensor([1, 2]).to(far) }, path())
    const { far: back, ...state } = await load(path())
    expect(read).toHaveBeenCalledOnce()
    expect(back.toArray()).toEqual([1, 2])
    new nn.Linear(2, 1).loadStateDict(state)
  })

  test.each([
    ['a list', [1], "save: '0' is the number 1, no tensor: a checkpoint also holds"],
    ['null', null, 'save: this is null: it must be a model, or tensors by names'],
    [
      'a number among tensors',
      { w: zeros([1]), epoch: 3 },
      "save: 'epoch' is the number",
    ],
    [
      'the name that the format uses',
      { __metadata__: zeros([1]) },
      'save: no tensor can be called __metadata__: the format uses that',
    ],
  ])('refuses %s', async (_, what, text) => {
    const run = async () => Reflect.apply(save, undefined, [what, path()])
    expect(await run().then(String, String)).toContain(`ValueError: ${text}`)
    expect(await readdir(folder)).toEqual([])
  })

  test('refuses what is no target', async () => {
    const run = async () => Reflect.apply(save, undefined, [{}, 5])
    await expect(run()).rejects.toThrow(
      "save: the target is the number 5: it must be a path, or a file's handle",
    )
  })
})
