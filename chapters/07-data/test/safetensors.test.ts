import { type Expected, elementsOf, expectClose, readFixture } from '@deepdive/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { halfCpu } from '../../06-gpu/test/float16/half-cpu.ts'
import { data, type Tensor, tensor, zeros } from '../src/index.ts'
import { bytesOf, network } from './network.ts'

const { load, safeOpen, serialize } = data

const tensorOf = (expected: Expected) =>
  tensor(Float32Array.from(elementsOf(expected)), expected.shape)

describe('a network that PyTorch trained', () => {
  const [{ input, output }] = readFixture<Record<'input' | 'output', Expected>>(
    import.meta.url,
    'network',
  )

  test('gives the same outputs here', async () => {
    const model = network()
    model.loadStateDict(await load(bytesOf('network.safetensors')))
    const y = model.eval().forward(tensorOf(input))
    expectClose(y, output, { relative: 1e-5, absolute: 1e-5 })
  })

  test('is written here as the file that the oracle reads in PyTorch', async () => {
    const model = network()
    model.loadStateDict(await load(bytesOf('network.safetensors')))
    expect(await serialize(model)).toEqual(bytesOf('ours.safetensors'))
  })
})

describe('a tensor that PyTorch wrote as', () => {
  const cases = readFixture<{ name: string; tensor: Expected }>(
    import.meta.url,
    'dtypes',
  )

  test.each(cases)('$name is read exactly', async ({ name, tensor: expected }) => {
    const found = (await load(bytesOf('dtypes.safetensors')))[name]
    expect([found.dtype, found.shape]).toEqual([expected.dtype, expected.shape])
    const values = Array.from(found.toTypedArray())
    const read = expected.dtype === 'float32' ? Float32Array : Int32Array
    expect(values).toEqual(Array.from(read.from(elementsOf(expected))))
  })
})

/** What a tensor is, to the last bit. */
function told(x: Tensor): unknown {
  const values = x.toTypedArray()
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  return [x.dtype, x.shape, Array.from(bytes)]
}

const shapes = fc.array(fc.nat(3), { maxLength: 4 })

/** Tensors of all dtypes and any bits, some of them views. */
const tensors = fc
  .tuple(shapes, fc.constantFrom('float32', 'int32', 'bool'), fc.boolean(), fc.gen())
  .map(([shape, dtype, transposed, gen]) => {
    const count = shape.reduce((product, size) => product * size, 1)
    const bits = Int32Array.from({ length: count }, () => gen(fc.integer))
    const values = {
      float32: new Float32Array(bits.buffer),
      int32: bits,
      bool: Uint8Array.from(bits, (word) => word & 1),
    }
    const x = tensor(values[dtype], shape, { dtype })
    return transposed ? x.permute(shape.map((_, axis) => axis).reverse()) : x
  })

const names = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('__proto__', 'constructor', 'toString', '0', '12', 'a.b', '"\\', ''),
)

describe('what is written comes back', () => {
  test('to the last bit, under any names', async () => {
    const dictionary = fc.array(fc.tuple(names, tensors), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(dictionary, async (entries) => {
        const given = Object.fromEntries(entries)
        const found = await load(await serialize(given))
        expect(Object.keys(found)).toEqual(Object.keys(given))
        for (const [name, x] of Object.entries(given)) {
          expect(told(found[name])).toEqual(told(x))
        }
      }),
    )
  })

  test('with words about it', async () => {
    const metadata = { by: 'me', __proto__: 'x', format: 'np' }
    const file = await safeOpen(await serialize({ w: zeros([1]) }, { metadata }))
    expect(file.metadata()).toEqual({ format: 'np', by: 'me' })
  })

  test('and every tensor begins where its width divides the place', async () => {
    const mask = tensor([true, false, true])
    const bytes = await serialize({
      mask,
      w: zeros([2]),
      n: tensor(1, { dtype: 'int32' }),
    })
    const found = await load(bytes)
    expect(Object.keys(found)).toEqual(['mask', 'w', 'n'])
    for (const x of Object.values(found)) {
      expect(Object(x.array.storage.memory).buffer).toBe(bytes.buffer)
    }
  })

  test('a float16 is float32 in a file, and comes back to where it was', async () => {
    const x = tensor([0.1, 2], { device: halfCpu, dtype: 'float16' })
    const found = (await load(await serialize({ x }))).x
    expect(found.dtype).toBe('float32')
    expect(found.toArray()).toEqual((await x.cpu()).toArray())
    const again = zeros([2], { device: halfCpu, dtype: 'float16' }).copy_(
      found.to(halfCpu),
    )
    expect((await again.cpu()).toArray()).toEqual(found.toArray())
  })

  test('what is saved is what was there when save was called', async () => {
    const w = tensor([1, 2])
    const promise = serialize({ w })
    w.fill_(0)
    expect((await load(await promise)).w.toArray()).toEqual([1, 2])
  })
})
