import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { encode } from 'fast-png'
import jpeg from 'jpeg-js'
import { afterAll, expect, test } from 'vitest'
import { DataLoader, imageFolder, transforms } from '../../src/data.ts'

const root = mkdtempSync(join(tmpdir(), 'deepdive-images-'))
afterAll(() => rmSync(root, { recursive: true }))

/** A png of 2×2 pixels of one grey. */
const png = (shade: number) =>
  encode({ width: 2, height: 2, channels: 1, data: new Uint8Array(4).fill(shade) })

function folderOf(files: Readonly<Record<string, Uint8Array | null>>): string {
  const folder = mkdtempSync(join(root, 'folder-'))
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(join(folder, bytes ? join(path, '..') : path), { recursive: true })
    if (bytes) writeFileSync(join(folder, path), bytes)
  }
  return folder
}

const animals = {
  'dogs/b.PNG': png(51),
  'cats/old/c.png': png(102),
  'cats/a.jpeg': jpeg.encode(
    { width: 2, height: 2, data: new Uint8Array(16).fill(255) },
    100,
  ).data,
  'cats/notes.txt': png(0),
  'readme.png': png(0),
}

test('each folder is a class, of which all images are samples', async () => {
  const folder = folderOf(animals)
  for (const place of [folder, `${folder}/`, pathToFileURL(folder)]) {
    const pictures = await imageFolder(place)
    expect(pictures.classes).toEqual(['cats', 'dogs'])
    const paths = pictures.files.map(({ path, label }) => [path, label])
    expect(paths).toEqual([
      ['cats/a.jpeg', 0],
      ['cats/old/c.png', 0],
      ['dogs/b.PNG', 1],
    ])
    const [image, label] = await pictures.get(2)
    expect([image.shape, label.item(), label.dtype]).toEqual([[3, 2, 2], 1, 'int32'])
    expect(image.amax().item()).toBeCloseTo(0.2, 6)
  }
})

test('images come in batches, as grey if wanted, and changed if wanted', async () => {
  const grey = await imageFolder(folderOf(animals), { channels: 1 })
  const invert = transforms.normalize(1, 1)
  const changed = grey.map(([image, label], options) => {
    return [invert(image, options), label] as const
  })
  for await (const [x, y] of new DataLoader(changed, { batchSize: 3 })) {
    expect(x.shape).toEqual([3, 1, 2, 2])
    expect([...x.select(1, 0).select(1, 0).select(1, 0).toTypedArray()]).toEqual(
      [0, -0.6, -0.8].map(Math.fround),
    )
    expect(String(y)).toBe('tensor([0, 0, 1])')
  }
})

test('linked folders are classes as well', async () => {
  const folder = folderOf({ 'cats/a.png': png(1) })
  symlinkSync(join(folder, 'cats'), join(folder, 'more'))
  expect((await imageFolder(folder)).files).toHaveLength(2)
})

test('a link to nothing hides no other image, and is named where it is read', async () => {
  const folder = folderOf({ 'cats/a.png': png(0) })
  symlinkSync(join(folder, 'nowhere'), join(folder, 'cats/b.png'))
  const pictures = await imageFolder(folder)
  expect(pictures.length).toBe(2)
  await expect(pictures.get(1)).rejects.toThrow(
    /cats\/b\.png cannot be read: there is no such file$/,
  )
})

test('a folder that somebody chose has classes by the paths of its files', async () => {
  const chosen = Object.entries(animals).map(([path, bytes]) => {
    const file = new File([Uint8Array.from(bytes)], path.split('/').at(-1) ?? '')
    return Object.defineProperty(file, 'webkitRelativePath', { value: `pets/${path}` })
  })
  const pictures = await imageFolder(chosen)
  expect(pictures.classes).toEqual(['cats', 'dogs'])
  expect((await pictures.get(1))[0].shape).toEqual([3, 2, 2])
})

test('a broken image is named, and the sample that it is', async () => {
  const folder = folderOf({ ...animals, 'dogs/broken.png': png(1).slice(0, 50) })
  const pictures = await imageFolder(folder)
  const file = join(folder, 'dogs/broken.png')
  const read = async () => {
    for await (const _ of new DataLoader(pictures, { batchSize: 4 }));
  }
  await expect(read()).rejects.toThrow(
    `DataLoader: cannot load sample 3: ${file}: decodeImage: `,
  )
  rmSync(file)
  await expect(pictures.get(3)).rejects.toThrow(`${file} cannot be read: there is`)
})

test('a folder without classes, or a class without images, is refused', async () => {
  const refused = (files: Readonly<Record<string, Uint8Array | null>>) =>
    imageFolder(folderOf(files)).then(String, String)
  expect(await refused({ 'a.png': png(1) })).toBe(
    'DataError: imageFolder: there is no folder in it: put the images of each class ' +
      'into one',
  )
  expect(await refused({ 'a/1.png': png(1), b: null, 'c/x.txt': png(1) })).toBe(
    'DataError: imageFolder: there is no .png, .jpg or .jpeg in b, c: take the ' +
      'folder away, or use allowEmpty',
  )
  const folder = folderOf({ 'b/1.png': png(1), a: null })
  const pictures = await imageFolder(folder, { allowEmpty: true })
  expect(pictures.files.map(({ label }) => label)).toEqual([1])
  const file = join(folder, 'b/1.png')
  await expect(imageFolder(file)).rejects.toThrow(
    `imageFolder: ${file} cannot be listed: ENOTDIR`,
  )
})
