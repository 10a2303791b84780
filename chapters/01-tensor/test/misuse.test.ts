import { describe, expect, test } from 'vitest'
import {
  arange,
  array,
  cat,
  cpu,
  eye,
  Generator,
  NDArray,
  ones,
  zeros,
} from '../src/index.ts'

/** What plain JavaScript may pass, where TypeScript would have refused it. */
const wrong = <Right>(value: unknown) => value as Right

describe('what is no argument is named, with what to give instead:', () => {
  const x = ones([2, 3])
  const cases: [string, () => unknown, string][] = [
    [
      'sizes one by one',
      () => zeros(wrong(2)),
      'zeros: the shape is the number 2: give one list, as in zeros([2, 3])',
    ],
    ['no sizes', () => ones(wrong(undefined)), 'full: the shape is undefined'],
    [
      'sizes one by one, of reshape',
      () => x.reshape(wrong(3)),
      'reshape: the shape is the number 3: give one list, as in reshape([2, 3])',
    ],
    ['of expand', () => x.expand(wrong(3)), 'expand: the shape is the number 3'],
    ['of permute', () => x.permute(wrong(1)), 'permute: dims is the number 1'],
    ['of newEmpty', () => x.newEmpty([2.5]), 'newEmpty: [2.5] is no shape'],
    [
      'options in place of an axis',
      () => x.sum(wrong({ keepdim: true })),
      'sum: dim is an object: give a number, or a list of numbers',
    ],
    [
      'an array in place of an axis',
      () => x.max(wrong(x)),
      'max: dim is an NDArray: give a number; the max of two arrays ' +
        'is x.maximum(other)',
    ],
    [
      'a list in place of an operand',
      () => x.add(wrong([1, 2, 3])),
      'add: the other operand is a list, no array and no number',
    ],
    [
      'nothing in its place',
      () => x.binary_('mul', wrong(undefined)),
      'mul_: the other operand',
    ],
    [
      'a number in place of a matrix',
      () => x.matmul(wrong(2)),
      'matmul: the other operand is the number 2, no array: for a number use mul',
    ],
    ['arrays one by one', () => cat(wrong(x)), 'cat: needs a list of at least one'],
    [
      'a shape for nested lists',
      () => array([1, 2, 3, 4], wrong([2, 2])),
      'array: nested lists have a shape of their own: leave it out, or reshape()',
    ],
    [
      'a slice as a string',
      () => x.at(wrong('0:1')),
      "at: the string '0:1' is no index: give numbers, [start, stop, step]",
    ],
    ['nothing as an index', () => x.at(wrong(undefined)), 'at: undefined is no index'],
    [
      'indices as a list',
      () => arange(9).at(wrong([0, 1, 2, 3])),
      'at: a list of 4 is no index',
    ],
    [
      'indices of indexSelect as a list',
      () => x.indexSelect(0, wrong([0, 1])),
      'indexSelect: index must be an int32 vector, not a list',
    ],
    ['nothing to fill in', () => x.fill_(wrong(undefined)), 'fill_: undefined is no'],
    ['no bounds', () => x.clamp(), 'clamp: give min, max, or both'],
    [
      'a mask of numbers',
      () => x.maskedFill(ones([3]), 0),
      'maskedFill: the mask must be bool, not float32: compare first',
    ],
    [
      'a part of negative size',
      () => x.split([4, -2]),
      'split: parts of [4, -2] do not add up to axis 0 of 2',
    ],
    [
      'half a diagonal',
      () => x.diagonal(0.5),
      'diagonal: offset 0.5 must be a whole number',
    ],
    [
      'too few elements',
      () => NDArray.from(new Float32Array(2), [3], cpu),
      'from: 2 elements do not fill [3]',
    ],
    [
      'more elements than there is room for',
      () => zeros([1e7, 1e7]),
      'there is no room for an array of 100000000000000 elements',
    ],
  ]
  test.each(cases)('%s', (_, run, message) => expect(run).toThrow(message))
})

describe("JavaScript's own operators", () => {
  const x = array([1, 2])
  const loose = wrong<number>(x)

  test('refuse arrays as numbers, and say which method to use', () => {
    const hint = 'an array is no number: x * 2 is x.mul(2), x > 1 is x.gt(1)'
    for (const run of [() => loose * 2, () => loose > 1, () => -loose, () => +loose])
      expect(run).toThrow(hint)
  })

  test('write arrays into strings', () => {
    expect(`x = ${x}`).toBe('x = array([1., 2.])')
    expect(`x = ${loose}`).toBe('x = array([1., 2.])')
  })
})

describe('a generator', () => {
  test('fills a part of an array and leaves the rest alone, as an overwriting', () => {
    const whole = zeros([8])
    const { version } = whole.storage
    new Generator(0).fill('uniform', whole.narrow(0, 2, 3))
    expect(whole.gt(0).to('int32').toArray()).toEqual([0, 0, 1, 1, 1, 0, 0, 0])
    expect(whole.storage.version).toBe(version + 1)
  })

  test('refuses gaps, and dtypes that cannot hold its numbers', () => {
    const generator = new Generator(0)
    expect(() => generator.fill('normal', eye(2).diagonal())).toThrow(
      'fill: the elements have gaps between them: fill a new array',
    )
    const bool = zeros([2], { dtype: 'bool' })
    expect(() => generator.fill('bits', bool)).toThrow('bits needs int32, not bool')
    expect(() => generator.fill('uniform', bool)).toThrow('needs float32, not bool')
  })
})
