import { gzipSync } from 'node:zlib'
import { tensor, zeros } from '@deepdive/autograd'
import { message } from '@deepdive/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Characters, DataLoader, readText, TextWindows } from '../../src/data.ts'

test('any text comes back from the numbers of its characters', () => {
  const property = fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
    const characters = Characters.of(text)
    const numbers = characters.encode(text)
    expect(characters.decode(numbers)).toBe(text)
    expect(numbers.dtype).toBe('int32')
    expect(numbers.amax().item()).toBeLessThan(characters.all.length)
  })
  fc.assert(property)
})

test('characters are numbered in the order of their code points', () => {
  expect(Characters.of('zß𝒜a\n').all).toEqual(['\n', 'a', 'z', 'ß', '𝒜'])
  expect(Characters.of('ab').decode([1, 0])).toBe('ba')
})

test('what has no number, or is the number of nothing, is refused', () => {
  const characters = Characters.of('abc')
  expect(message(() => characters.encode('abx'))).toBe(
    "ValueError: Characters: 'x' at place 2 is none of these 3 characters",
  )
  expect(message(() => characters.decode([0, 3]))).toBe(
    'IndexError: Characters: there is no character 3: use 0 to 2',
  )
  expect(message(() => Characters.of(''))).toBe(
    'ValueError: Characters: give each character once, and at least one',
  )
  expect(message(() => new Characters(['a', 'a']))).toContain(
    'give each character once',
  )
})

test('each stretch goes with the same one place on', async () => {
  const cases = fc.record({
    total: fc.integer({ min: 2, max: 40 }),
    size: fc.integer({ min: 1, max: 10 }),
    stride: fc.integer({ min: 1, max: 7 }),
  })
  const property = fc.property(cases, ({ total, size, stride }) => {
    fc.pre(total > size)
    const values = Int32Array.from({ length: total }, (_, n) => n)
    const windows = new TextWindows(tensor(values), size, { stride })
    const last = (windows.length - 1) * stride
    expect(last + size).toBeLessThan(total)
    expect(last + stride + size).toBeGreaterThanOrEqual(total)
    for (let n = 0; n < windows.length; n++) {
      const [input, target] = windows.get(n).map((x) => [...x.toTypedArray()])
      expect(input).toEqual(Array.from({ length: size }, (_, i) => n * stride + i))
      expect(target).toEqual(input.map((value) => value + 1))
    }
  })
  fc.assert(property)
  const windows = new TextWindows(Characters.of('abc').encode('abcabc'), 3)
  for await (const [x, y] of new DataLoader(windows, { batchSize: 3 })) {
    expect([x.shape, y.shape]).toEqual([
      [3, 3],
      [3, 3],
    ])
  }
})

test('a sequence without stretches is refused', () => {
  const refused = (...given: ConstructorParameters<typeof TextWindows>) =>
    message(() => new TextWindows(...given))
  const numbers = tensor([1, 2, 3], { dtype: 'int32' })
  expect(refused(numbers, 3)).toBe(
    'ShapeError: TextWindows: a sequence of [3] has no stretch of 3 numbers and one ' +
      'more: it must be a longer list',
  )
  expect(refused(zeros([2, 3]).to('int32'), 1)).toContain('a sequence of [2, 3] has no')
  expect(refused(zeros([5]), 1)).toBe(
    'DTypeError: TextWindows: the sequence is float32: it must be int32, as ' +
      'Characters.encode() gives it',
  )
  expect(refused(numbers, 0)).toContain('TextWindows: size is 0')
  expect(refused(numbers, 1, { stride: 0 })).toContain('TextWindows: stride is 0')
})

test('text is read from a file, zipped or not, and only if it is text', async () => {
  const bytes = new TextEncoder().encode('Grüße')
  expect(await readText(bytes)).toBe('Grüße')
  expect(await readText(gzipSync(bytes))).toBe('Grüße')
  await expect(readText(new File([Uint8Array.of(0xc3)], 'x.txt'))).rejects.toThrow(
    'x.txt cannot be read: it is not UTF-8',
  )
})
