import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import {
  DataLoader,
  emnist,
  fashionMnist,
  kmnist,
  LabeledImages,
  mnist,
} from '../../src/data.ts'
import { idxBytes, idxImages } from './write-idx.ts'

const root = mkdtempSync(join(tmpdir(), 'deepdive-mnist-'))
afterAll(() => rmSync(root, { recursive: true }))

/** A new folder of files. */
function folderOf(files: Readonly<Record<string, Uint8Array>>): string {
  const folder = mkdtempSync(join(root, 'folder-'))
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  return folder
}

const { images, labels } = idxImages(4, 2, 3)
const names = { images: 'train-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte' }

test('a sample is an image of grey values from 0 to 1, and its label', async () => {
  const folder = folderOf({ [names.images]: images, [names.labels]: labels })
  const digits = await mnist(folder)
  const [image, label] = digits.get(1)
  expect(image.shape).toEqual([1, 2, 3])
  const bytes = [6, 7, 8, 9, 10, 11]
  expect(image.toTypedArray()).toEqual(Float32Array.from(bytes, (byte) => byte / 255))
  expect(String(label)).toBe('tensor(1)')
  expect([digits.length, digits.classes[3]]).toEqual([4, '3'])
})

test('a batch has the images and labels of its samples', async () => {
  const folder = folderOf({ [names.images]: images, [names.labels]: labels })
  const digits = await mnist(folder)
  for await (const [x, y] of new DataLoader(digits, { batchSize: 3, shuffle: true })) {
    for (const [n, label] of [...y.toTypedArray()].entries()) {
      const [image] = digits.get(label)
      expect(x.select(0, n).toArray()).toEqual(image.toArray())
    }
    expect([x.dtype, y.dtype]).toEqual(['float32', 'int32'])
  }
})

test('files are found zipped or not, by either spelling, also deeper', async () => {
  const zip = (bytes: Uint8Array) => gzipSync(bytes)
  const dotted = (name: string) => name.replace('-idx', '.idx')
  const folders = [
    folderOf({ [`${names.images}.gz`]: zip(images), [names.labels]: labels }),
    folderOf({ [dotted(names.images)]: images, [dotted(names.labels)]: labels }),
    folderOf({ [`raw/${names.images}`]: images, [`raw/${names.labels}`]: labels }),
    folderOf({
      [`MNIST/raw/${names.images}`]: images,
      [`MNIST/raw/${names.labels}.gz`]: zip(labels),
    }),
  ]
  for (const folder of folders) {
    expect((await mnist(folder)).length).toBe(4)
    expect((await mnist(`${folder}/`)).length).toBe(4)
    expect((await mnist(pathToFileURL(folder))).length).toBe(4)
  }
})

test('each data set finds the folder of its own, and knows its classes', async () => {
  const both = (prefix: string) => ({
    [`${prefix}-images-idx3-ubyte`]: images,
    [`${prefix}-labels-idx1-ubyte`]: labels,
  })
  const fashion = await fashionMnist(folderOf(both('FashionMNIST/raw/train')))
  expect(fashion.classes[9]).toBe('Ankle boot')
  const test = await kmnist(folderOf(both('KMNIST/raw/t10k')), { train: false })
  expect(test.classes[9]).toBe('wo')
  const sizes = [
    ['byclass', 62],
    ['bymerge', 47],
    ['balanced', 47],
    ['letters', 27],
    ['digits', 10],
  ] as const
  for (const [split, size] of sizes) {
    const folder = folderOf(both(`EMNIST/raw/emnist-${split}-test`))
    const { classes } = await emnist(folder, { split, train: false })
    expect([split, classes.length]).toEqual([split, size])
  }
})

test('letters of EMNIST begin at 1, and lie on their side unless turned', async () => {
  const folder = folderOf({
    'emnist-letters-train-images-idx3-ubyte': images,
    'emnist-letters-train-labels-idx1-ubyte': labels,
  })
  const lying = await emnist(folder, { split: 'letters' })
  const upright = await emnist(folder, { split: 'letters', upright: true })
  expect(lying.classes.slice(0, 3)).toEqual(['N/A', 'a', 'b'])
  expect(upright.get(2)[0].shape).toEqual([1, 3, 2])
  const turned = lying.get(2)[0].transpose(1, 2)
  expect(upright.get(2)[0].toArray()).toEqual(turned.toArray())
})

test('files that somebody chose are found by their names', async () => {
  const file = (name: string, bytes: Uint8Array) =>
    new File([Uint8Array.from(bytes)], name)
  const chosen = [file('notes.txt', labels), file(names.labels, labels)]
  const all = [...chosen, file(`${names.images}.gz`, gzipSync(images))]
  expect((await mnist(all)).length).toBe(4)
  await expect(mnist(chosen)).rejects.toThrow(
    `mnist: there is no ${names.images}, nor ${names.images}.gz, nor ` +
      'train-images.idx3-ubyte, nor train-images.idx3-ubyte.gz among notes.txt, ' +
      names.labels,
  )
})

test('a missing file is named, with all places where it was looked for', async () => {
  const folder = folderOf({ [names.images]: images })
  await expect(kmnist(folder)).rejects.toThrow(
    `kmnist: there is no ${names.labels}, nor ${names.labels}.gz, nor ` +
      `train-labels.idx1-ubyte, nor train-labels.idx1-ubyte.gz in ${folder}, nor ` +
      'in its folders raw, KMNIST/raw',
  )
})

test('files that do not go together, or labels of no class, are refused', async () => {
  const three = folderOf({
    [names.images]: images,
    [names.labels]: idxBytes(8, [3], Uint8Array.of(1, 2, 3)),
  })
  await expect(mnist(three)).rejects.toThrow(
    'mnist: images of [4, 2, 3] and labels of [3] are not bytes of [N, height, ' +
      'width] and [N]',
  )
  const eleventh = folderOf({
    [names.images]: images,
    [names.labels]: idxBytes(8, [4], Uint8Array.of(1, 2, 10, 3)),
  })
  await expect(mnist(eleventh)).rejects.toThrow(
    'mnist: LabeledImages: sample 2 has the label 10: labels go from 0 to 9',
  )
  const swapped = folderOf({ [names.images]: labels, [names.labels]: images })
  await expect(mnist(swapped)).rejects.toThrow('images of [4] and labels of [4, 2, 3]')
})

test('images in memory must be as many as labels', () => {
  const made = () =>
    new LabeledImages({
      shape: [1, 2, 2],
      pixels: new Uint8Array(9),
      labels: [0, 0],
      classes: ['only'],
    })
  expect(made).toThrow('LabeledImages: 9 bytes are not 2 images of [1, 2, 2]')
})
