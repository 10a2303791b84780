import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { encode } from 'fast-png'
import { describe, expect, test, vi } from 'vitest'
import {
  DataLoader,
  Dataset,
  DistributedSampler,
  imageFolder,
  Subset,
} from '../../src/data.ts'
import { DecoderPool } from '../../src/workers/decoder-pool.ts'
import { startDecoderThread, threadOf } from '../../src/workers/node.ts'

const png = (shade: number) =>
  encode({ width: 2, height: 1, channels: 1, data: new Uint8Array(2).fill(shade) })

const numbers = (n: number) => Array.from({ length: n }, (_, index) => index)

/** A folder of images in memory: image n has the shade n, and is of class n mod 2. */
function pictures(count: number) {
  const files = numbers(count).map((n) => {
    const name = `${String(n).padStart(3, '0')}.png`
    const file = new File([Uint8Array.from(png(n))], name)
    return Object.defineProperty(file, 'webkitRelativePath', {
      value: `all/one/${name}`,
    })
  })
  return imageFolder(files, { channels: 1 })
}

/** A worker that answers as `program` says. */
const fake = (program: string) => () =>
  threadOf(
    new Worker(`const { parentPort } = require('node:worker_threads'); ${program}`, {
      eval: true,
    }),
  )

describe('workers', () => {
  test('decode as this thread does, several at a time', async () => {
    const start = vi.fn(startDecoderThread)
    const pool = new DecoderPool(2, start)
    const images = await Promise.all(numbers(9).map((n) => pool.decoder('png', png(n))))
    await pool.close()
    expect(images.map(({ data }) => data[0])).toEqual(numbers(9))
    expect(start).toHaveBeenCalledTimes(2)
  })

  test('leave the bytes that they are given where they are', async () => {
    const pool = new DecoderPool(1)
    const bytes = png(7)
    await pool.decoder('png', bytes)
    await pool.close()
    expect(bytes).toEqual(png(7))
  })

  test('say why an image cannot be decoded, and go on', async () => {
    const pool = new DecoderPool(1)
    const broken = pool.decoder('png', png(1).slice(0, 40))
    const fine = pool.decoder('png', png(2))
    await expect(broken).rejects.toThrow(/^DataError|offset|bounds|end/i)
    expect((await fine).data[0]).toBe(2)
    await pool.close()
  })

  test('that end take the image with them that they had, and no other', async () => {
    let started = 0
    const dying = fake('parentPort.on("message", () => process.exit(3))')
    const pool = new DecoderPool(1, () =>
      started++ === 0 ? dying() : startDecoderThread(),
    )
    const lost = pool.decoder('png', png(1))
    const next = pool.decoder('png', png(2))
    await expect(lost).rejects.toThrow('its worker ended: exit code 3')
    expect((await next).data[0]).toBe(2)
    await pool.close()
  })

  test('that end with nothing to do are noticed at the next image', async () => {
    const program =
      'parentPort.once("message", () => parentPort.postMessage({ image: {} }))'
    const pool = new DecoderPool(1, fake(program))
    await pool.decoder('png', png(1))
    await new Promise((resolve) => setTimeout(resolve, 50))
    await expect(pool.decoder('png', png(1))).rejects.toThrow('its worker ended')
    await pool.close()
  })

  test('that have no decoder leave the image to this thread', async () => {
    const answer = 'parentPort.postMessage({ missing: format })'
    const lacking = fake(`parentPort.on("message", ({ format }) => ${answer})`)
    const pool = new DecoderPool(1, lacking)
    const { data } = await pool.decoder('png', png(3))
    await pool.close()
    expect(data[0]).toBe(3)
  })

  test('that throw are named by what they threw', async () => {
    const pool = new DecoderPool(1, fake('parentPort.on("message", () => { throw 7 })'))
    await expect(pool.decoder('png', png(1))).rejects.toThrow('its worker ended: 7')
  })
})

describe('a loader with workers', () => {
  test('gives every sample once an epoch, whatever their number, in any shares', async () => {
    const all = await pictures(23)
    const cases = fc.record({
      length: fc.nat(23),
      batchSize: fc.integer({ min: 1, max: 30 }),
      numWorkers: fc.integer({ min: 0, max: 3 }),
      numReplicas: fc.integer({ min: 1, max: 3 }),
      shuffle: fc.boolean(),
      prefetch: fc.nat(3),
    })
    const property = fc.asyncProperty(cases, async (options) => {
      const { length, numReplicas, shuffle, ...others } = options
      const dataset = new Subset(all, numbers(length))
      const seen: number[] = []
      for (const rank of numbers(numReplicas)) {
        const sampler = new DistributedSampler(
          { length },
          { numReplicas, rank, shuffle },
        )
        for await (const [x] of new DataLoader(dataset, { ...others, sampler })) {
          seen.push(...x.select(-1, 0).flatten().mul(255).toTypedArray())
        }
      }
      const sorted = seen.map(Math.round).sort((a, b) => a - b)
      expect(sorted).toEqual(numbers(length))
    })
    await fc.assert(property, { numRuns: 20 })
  }, 120_000)

  test('ends its workers where a loop is left, or fails', async () => {
    const ends = vi.spyOn(DecoderPool.prototype, 'close')
    const dataset = await pictures(40)
    for await (const _ of new DataLoader(dataset, { numWorkers: 2, batchSize: 4 }))
      break
    expect(ends).toHaveBeenCalledTimes(1)
    const failing = dataset.map(() => {
      throw new Error('no')
    })
    const read = async () => {
      for await (const _ of new DataLoader(failing, { numWorkers: 1 }));
    }
    await expect(read()).rejects.toThrow('DataLoader: cannot load sample 0: no')
    expect(ends).toHaveBeenCalledTimes(2)
    ends.mockRestore()
  })

  test('names the sample whose worker ended', async () => {
    const dying = new DecoderPool(
      1,
      fake('parentPort.on("message", () => process.exit(1))'),
    )
    const dataset = await pictures(3)
    const doomed = Dataset.from(numbers(3)).map((index) => {
      return dataset.get(index, { decoder: dying.decoder })
    })
    const read = async () => {
      for await (const _ of new DataLoader(doomed));
    }
    await expect(read()).rejects.toThrow(
      'DataLoader: cannot load sample 0: 000.png: decodeImage: its worker ended: ' +
        'exit code 1',
    )
  })

  test('keeps no process alive that has nothing else to do', () => {
    const script = `
      import { encode } from 'fast-png'
      import { startDecoderThread } from './src/workers/node.ts'
      const thread = startDecoderThread()
      const png = encode({ width: 1, height: 1, channels: 1, data: Uint8Array.of(9) })
      const { image } = await thread.decode({ format: 'png', bytes: png })
      console.log('decoded', image.data[0])
    `
    const { stdout, status } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--conditions=deepdive-source', '--input-type=module'],
      {
        input: script,
        cwd: fileURLToPath(new URL('../../', import.meta.url)),
        encoding: 'utf8',
        timeout: 60_000,
      },
    )
    expect([stdout, status]).toEqual(['decoded 9\n', 0])
  }, 90_000)
})
