import { describe, expect, test } from 'vitest'
import { data, History } from '../src/index.ts'

const numbers = data.Dataset.from([1, 2, 3])
const { transforms } = data

/** Calls what is given arguments that its types refuse. */
const call = (fn: unknown, ...args: readonly unknown[]) => {
  if (typeof fn !== 'function') throw new Error('there is nothing to call')
  return Reflect.apply(fn, undefined, args)
}
const make = (kind: unknown, ...args: readonly unknown[]) => {
  if (typeof kind !== 'function') throw new Error('there is nothing to make')
  return Reflect.construct(kind, args)
}
const method = (owner: object, name: string, ...args: readonly unknown[]) =>
  Reflect.apply(Reflect.get(owner, name), owner, args)

async function complaint(run: () => unknown): Promise<string> {
  try {
    await run()
  } catch (error) {
    return String(error)
  }
  return 'nothing was thrown'
}

const stream = data.IterableDataset.from([1])
const samples = new data.SequentialSampler(numbers)
const bytes = new TextEncoder().encode('a,b\n1,2\n')

describe('what is none of what it must be is refused by name:', () => {
  test.each<[string, () => unknown]>([
    [
      'DataLoader: there is no option batch_size: there are batchSize, shuffle,',
      () => make(data.DataLoader, numbers, { batch_size: 2 }),
    ],
    [
      'csv: there is no option delimeter: there are columns, delimiter,',
      () => call(data.csv, bytes, { delimeter: ';' }),
    ],
    [
      'Dataset: items is the number 5: it must be a list',
      () => call(data.Dataset.from, 5),
    ],
    [
      'Dataset.map: change is undefined: it must be a function',
      () => method(numbers, 'map'),
    ],
    [
      'Dataset.filter: keep is null: it must be a function',
      () => method(numbers, 'filter', null),
    ],
    [
      'IterableDataset: items is the number 5: it must be something to',
      () => call(data.IterableDataset.from, 5),
    ],
    [
      'IterableDataset.map: change is the number 5: it must',
      () => method(stream, 'map', 5),
    ],
    [
      'IterableDataset.filter: keep is the number 5: it must',
      () => method(stream, 'filter', 5),
    ],
    [
      'Subset: dataset is a list: it must be a Dataset: Dataset.from(list) makes one',
      () => make(data.Subset, [1], [0]),
    ],
    [
      'Subset: indices is the number 0: it must be a list of numbers',
      () => make(data.Subset, numbers, 0),
    ],
    [
      'ConcatDataset: datasets is a list: it must be a list of data sets',
      () => make(data.ConcatDataset, [[1]]),
    ],
    [
      'randomSplit: dataset is a list: it must be a Dataset',
      () => call(data.randomSplit, [1], [1]),
    ],
    [
      'randomSplit: lengths is the number 0.5: it must be a list of',
      () => call(data.randomSplit, numbers, 0.5),
    ],
    [
      'randomSplit: generator is the number 7: it must be a Generator',
      () => call(data.randomSplit, numbers, [3], { generator: 7 }),
    ],
    [
      'SequentialSampler: source is the number 5: it must be a data set whose length is known',
      () => make(data.SequentialSampler, 5),
    ],
    [
      'RandomSampler: source is an object: it must be a data set whose',
      () => make(data.RandomSampler, { length: Promise.resolve(3) }),
    ],
    [
      'DistributedSampler: source is the number 5: it must be',
      () => make(data.DistributedSampler, 5, { numReplicas: 1, rank: 0 }),
    ],
    [
      'WeightedRandomSampler: weights is the number 1: it must be a list',
      () => make(data.WeightedRandomSampler, 1, 1),
    ],
    [
      'BatchSampler: sampler is a list: it must be a Sampler',
      () => make(data.BatchSampler, [0, 1], 2),
    ],
    [
      'DataLoader: dataset is a list: it must be a Dataset, or an IterableDataset: Dataset.from',
      () => make(data.DataLoader, [1, 2]),
    ],
    [
      'DataLoader: sampler is a list: it must be a Sampler',
      () => make(data.DataLoader, numbers, { sampler: [0] }),
    ],
    [
      'DataLoader: batchSampler is a SequentialSampler: it must be a BatchSampler',
      () => make(data.DataLoader, numbers, { batchSampler: samples }),
    ],
    [
      "DataLoader: collateFn is the string 'stack': it must be a function",
      () => make(data.DataLoader, numbers, { collateFn: 'stack' }),
    ],
    [
      'DataLoader: transform is a list: it must be a function',
      () => make(data.DataLoader, numbers, { transform: [] }),
    ],
    [
      'DataLoader: loadStateDict: options are null',
      () => method(new data.DataLoader(numbers), 'loadStateDict', null),
    ],
    [
      'collate: samples is the number 5: it must be a list',
      () => call(data.collate, 5),
    ],
    [
      'LabeledImages: pixels is a list: it must be a Uint8Array',
      () => make(data.LabeledImages, { pixels: [1] }),
    ],
    [
      'LabeledImages: labels is undefined: it must be a list',
      () => make(data.LabeledImages, { shape: [1, 1, 1], pixels: bytes }),
    ],
    [
      'ImageFolder: files is undefined: it must be a list',
      () => make(data.ImageFolder, []),
    ],
    [
      'Table: columns is a list: it must be an object of columns',
      () => make(data.Table, []),
    ],
    [
      'ParquetDataset: files is undefined: it must be a list',
      () => make(data.ParquetDataset),
    ],
    [
      'ParquetStream: files is undefined: it must be a list',
      () => make(data.ParquetStream),
    ],
    [
      "Characters: all is the string 'abc': it must be a list of characters",
      () => make(data.Characters, 'abc'),
    ],
    [
      'Characters: text is the number 5: it must be a string',
      () => call(data.Characters.of, 5),
    ],
    [
      'Characters: text is a list: it must be a string',
      () => method(data.Characters.of('a'), 'encode', ['a']),
    ],
    [
      'Characters: numbers is the number 0: it must be a tensor, or a list',
      () => method(data.Characters.of('a'), 'decode', 0),
    ],
  ])('%s', async (text, run) => {
    expect((await complaint(run)).slice(0, 12 + text.length)).toBe(
      `ValueError: ${text}`,
    )
  })

  test.each<[string, () => unknown]>([
    [
      'the number 5 is no place to read from: it must be a path, a URL, a Blob, or a Uint8Array',
      () => call(data.csv, 5),
    ],
    [
      'csv: columns is a list: it must be an object of types by',
      () => call(data.csv, bytes, { columns: ['a'] }),
    ],
    [
      "csv: missing is the string '?': it must be a list of strings",
      () => call(data.csv, bytes, { missing: '?' }),
    ],
    [
      'csv: delimiter is null: it must be a string',
      () => call(data.csv, bytes, { delimiter: null }),
    ],
    [
      'mnist: folder is undefined: it must be a path, a URL, or a list of Files',
      () => call(data.mnist),
    ],
    ['mnist: options are the boolean true', () => call(data.mnist, '/nowhere', true)],
    ['emnist: options are undefined', () => call(data.emnist, '/nowhere')],
    [
      'imageFolder: folder is the number 5: it must be a path',
      () => call(data.imageFolder, 5),
    ],
    [
      'imageFolder: channels is 2: it must be 1, 3 or 4',
      () => call(data.imageFolder, '/nowhere', { channels: 2 }),
    ],
    [
      "huggingFace: name is undefined: it must be a name, as 'ylecun/mnist'",
      () => call(data.huggingFace),
    ],
    [
      "huggingFace: columns is the string 'image': it must be a list",
      () => call(data.huggingFace, 'a/b', { columns: 'image' }),
    ],
    [
      'huggingFace: onProgress is the boolean true: it must be a function',
      () => call(data.huggingFace, 'a/b', { onProgress: true }),
    ],
    [
      'huggingFace: hubUrl is null: it must be a URL',
      () => call(data.huggingFace, 'a/b', { hubUrl: null }),
    ],
    [
      'decodeImage: bytes is a list: it must be a Uint8Array',
      () => call(data.decodeImage, [1]),
    ],
    [
      'load: the source is a list: it must be a path, bytes',
      () => call(data.load, [1]),
    ],
    [
      'serialize: metadata is a list: it must be an object of strings',
      () => call(data.serialize, {}, { metadata: [] }),
    ],
    [
      'save: metadata.epoch is the number 3: it must be a string',
      () => call(data.save, {}, '/nowhere/w', { metadata: { epoch: 3 } }),
    ],
    [
      'LabeledImages: images is null: it must be an object of shape, pixels',
      () => make(data.LabeledImages, null),
    ],
    [
      'serializeCheckpoint: parts is a list: it must be an object of named parts',
      () => call(data.serializeCheckpoint, [1]),
    ],
    [
      'loadCheckpoint: wanted is undefined: it must be an object of named',
      () => call(data.loadCheckpoint, bytes),
    ],
  ])('%s', async (text, run) => {
    expect(await complaint(run)).toContain(text)
  })

  test.each<[string, () => unknown]>([
    [
      'resize: size is a list: it must be a number, or [height, width]',
      () => call(transforms.resize, [1]),
    ],
    [
      'centerCrop: size is undefined: it must be a number',
      () => call(transforms.centerCrop),
    ],
    [
      "randomCrop: paddingMode is 'edge': it must be 'constant' or",
      () => call(transforms.randomCrop, 1, { paddingMode: 'edge' }),
    ],
    [
      'randomRotation: degrees is undefined: it must be a number, or [from, to]',
      () => call(transforms.randomRotation),
    ],
    [
      'randomRotation: options are the number 5',
      () => call(transforms.randomRotation, 1, 5),
    ],
    [
      'compose: transforms is a function: it must be a list of functions',
      () => call(transforms.compose, transforms.resize(1)),
    ],
    [
      'toTensor: data is a Float32Array: it must be bytes, or a Uint16Array',
      () =>
        call(transforms.toTensor, { width: 1, height: 1, data: new Float32Array(1) }),
    ],
    [
      'toTensor: width is 0: it must be a whole number ≥ 1',
      () => call(transforms.toTensor, { width: 0, height: 1, data: bytes }),
    ],
    [
      'erase: the image is a list, not a tensor',
      () => call(transforms.functional.erase, [1]),
    ],
    [
      'channelStatistics: batches is the number 5: it must be batches',
      () => call(transforms.channelStatistics, 5),
    ],
    [
      'channelStatistics: imagesOf is null: it must be a function',
      () => call(transforms.channelStatistics, [], null),
    ],
    ['History: epochs is an object: it must be a list', () => make(History, {})],
  ])('%s', async (text, run) => {
    expect(await complaint(run)).toContain(`ValueError: ${text}`)
  })
})
