import { encode } from 'fast-png'
import { afterEach, expect, test, vi } from 'vitest'
import { data, fit, load, manualSeed, nn, optim, save } from '../../src/index.ts'
import { points, smallModel } from '../problem.ts'
import { idxImages } from '../sources/write-idx.ts'

const name = 'model.safetensors'

/** A file of the page's own, which is new in each test. */
async function ownFile(): Promise<FileSystemFileHandle> {
  const folder = await navigator.storage.getDirectory()
  return folder.getFileHandle(name, { create: true })
}

afterEach(async () => {
  const folder = await navigator.storage.getDirectory()
  await folder.removeEntry(name).catch(() => {})
})

const weightsOf = (model: nn.Module) =>
  model.parameters().map((parameter) => parameter.toArray())

async function zipped(bytes: Uint8Array): Promise<Blob> {
  const stream = new Blob([Uint8Array.from(bytes)]).stream()
  return new Response(stream.pipeThrough(new CompressionStream('gzip'))).blob()
}

test('a page saves a model in a file of its own, and loads it', async () => {
  const model = smallModel()
  const handle = await ownFile()
  await save(model, handle)
  const other = smallModel()
  nn.init.zeros_(other.parameters()[0])
  other.loadStateDict(await load(await handle.getFile()))
  expect(weightsOf(other)).toEqual(weightsOf(model))
  const url = URL.createObjectURL(await handle.getFile())
  expect(Object.keys(await load(await fetch(url)))).toHaveLength(4)
  URL.revokeObjectURL(url)
})

test('a path is not what a page can read or write', async () => {
  await expect(load('model.safetensors')).rejects.toThrow(
    'load: model.safetensors: a browser has no files by their paths: pass bytes, a File',
  )
  await expect(save(smallModel(), 'model.safetensors')).rejects.toThrow(
    "save: model.safetensors: a browser has no files by their paths: pass a file's handle",
  )
})

test('training in a page goes on from a checkpoint as if it never had stopped', async () => {
  const [x, y] = points(20)
  const train = async (epochs: number, file?: FileSystemFileHandle) => {
    const model = smallModel()
    manualSeed(9)
    await fit(model, {
      train: new data.DataLoader(new data.TensorDataset(x, y), {
        batchSize: 8,
        shuffle: true,
      }),
      loss: nn.functional.crossEntropy,
      optimizer: new optim.Adam(model.parameters(), { lr: 0.05 }),
      epochs,
      ...(file && { checkpoint: { file, resume: true } }),
    })
    return weightsOf(model)
  }
  const lines = vi.spyOn(console, 'log').mockImplementation(() => {})
  const whole = await train(4)
  const file = await ownFile()
  expect(await train(2, file)).not.toEqual(whole)
  expect(await train(4, file)).toEqual(whole)
  expect(lines.mock.calls[6]).toEqual(['going on after step 6'])
  lines.mockRestore()
})

test('files that somebody chose are unzipped', async () => {
  const { images, labels } = idxImages(3, 2, 2)
  const files = [
    new File([await zipped(images)], 'train-images-idx3-ubyte.gz'),
    new File([await zipped(labels)], 'train-labels-idx1-ubyte.gz'),
  ]
  const digits = await data.mnist(files)
  expect(digits.length).toBe(3)
  expect(digits.pixels).toEqual(Uint8Array.from({ length: 12 }, (_, n) => n))
  const cut = new File([files[0].slice(0, 25)], files[0].name)
  await expect(data.mnist([cut, files[1]])).rejects.toThrow('it is gzip, but broken')
})

/** An image of the browser's own making, all of one grey. */
async function jpeg(shade: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(2, 2)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('there is nothing to draw on')
  context.fillStyle = `rgb(${shade} ${shade} ${shade})`
  context.fillRect(0, 0, 2, 2)
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 1 })
}

test.each([0, 2])(
  'images that somebody chose are decoded by %i workers',
  async (numWorkers) => {
    const chosen = (path: string, part: BlobPart) =>
      Object.defineProperty(
        new File([part], path.slice(path.lastIndexOf('/') + 1)),
        'webkitRelativePath',
        { value: path },
      )
    const png = encode({
      width: 2,
      height: 2,
      channels: 1,
      data: new Uint8Array(4).fill(51),
    })
    const files = [
      chosen('all/a/1.png', Uint8Array.from(png)),
      chosen('all/b/2.jpeg', await jpeg(102)),
    ]
    const pictures = await data.imageFolder(files, { channels: 1 })
    const loader = new data.DataLoader(pictures, { batchSize: 2, numWorkers })
    for await (const [x, labels] of loader) {
      expect(x.shape).toEqual([2, 1, 2, 2])
      expect([...x.amax([1, 2, 3]).mul(255).round().toTypedArray()]).toEqual([51, 102])
      expect(labels.toArray()).toEqual([0, 1])
    }
  },
)
