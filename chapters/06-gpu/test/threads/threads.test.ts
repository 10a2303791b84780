import { setTimeout } from 'node:timers/promises'
import { Tensor } from '@deepdive/autograd'
import { functional as F } from '@deepdive/conv'
import { cpu, type NDArray, rand, type Shape, type TypedArray } from '@deepdive/tensor'
import { message } from '@deepdive/testing'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { viewOfShape } from '../../../01-tensor/test/reference.ts'
import { getNumThreads, setNumThreads } from '../../src/index.ts'
import { most } from '../../src/simd/plan.ts'
import { tooFew } from '../../src/simd/too-few.ts'
import { setUntilEnd } from '../simd/set-until-end.ts'

const atStart = getNumThreads()
afterEach(() => setNumThreads(atStart))

/** The bits of a computation's result, on so many threads. */
function bitsOn(threads: number, compute: () => NDArray): Uint32Array {
  setNumThreads(threads)
  return bitsOf(compute().toTypedArray())
}

function bitsOf(values: TypedArray | undefined): Uint32Array {
  return new Uint32Array(values?.slice().buffer ?? [])
}

/** Sizes of which threads get more than one part, or none. */
const size = fc.constantFrom(1, 3, 16, 33, 64, 97)

const batches: [Shape, Shape][] = [
  [[], []],
  [[3], [3]],
  [[5, 4], [4]],
]

const operands = fc
  .tuple(size, size, size, fc.constantFrom(...batches))
  .chain(([n, k, m, [leadA, leadB]]) =>
    fc.tuple(viewOfShape([...leadA, n, k]), viewOfShape([...leadB, k, m])),
  )

function testEqual(): void {
  test('products are the same to the last bit on 1, 2 and 3 threads', () => {
    fc.assert(
      fc.property(operands, ([{ x: a }, { x: b }]) => {
        // Fractions, whose sums depend on the order of their terms.
        const [left, right] = [a, b].map((x) => x.mul(rand(x.shape)).add(0.1))
        const bits = [1, 2, 3].map((n) => bitsOn(n, () => left.matmul(right)))
        expect(bits[1]).toEqual(bits[0])
        expect(bits[2]).toEqual(bits[0])
      }),
      { numRuns: 25, endOnFailure: true },
    )
  })
}

describe('whatever the size,', () => {
  setUntilEnd(tooFew, { matmul: 0, matmulOnThreads: 0, usesOnThreads: 0 })
  testEqual()

  describe('cut into many blocks,', () => {
    setUntilEnd(most, {
      depth: 32,
      columns: 32,
      ofRight: 1024,
      ofLeft: 512,
      ofAll: 4096,
    })
    testEqual()
  })
})

test('large matrices are multiplied on threads, to the same bits', () => {
  for (const [n, k, m] of [
    [300, 300, 300],
    [17, 2100, 1000],
    [500, 100, 33],
  ]) {
    const [a, b] = [rand([n, k]), rand([k, m])]
    expect(bitsOn(3, () => a.matmul(b))).toEqual(bitsOn(1, () => a.matmul(b)))
  }
})

test('no call is lost or made twice, however many there are', async () => {
  const [a, b] = [rand([128, 128]), rand([128, 128])]
  const products = [() => a.matmul(b), () => b.matmul(a)]
  const expected = products.map((product) => bitsOn(1, product))
  setNumThreads(3)
  a.matmul(b)
  await setTimeout(200) // by now the workers have started
  for (let n = 0; n < 500; n++) {
    const bits = new Uint32Array(products[n % 2]().toTypedArray().buffer)
    expect(bits.every((word, place) => word === expected[n % 2][place])).toBe(true)
  }
  // Had a call not been counted, or counted twice, the workers would pass for lost.
  expect(getNumThreads()).toBe(3)
})

test('so is a linear layer', () => {
  const [x, weight, bias] = [rand([100, 200]), rand([150, 200]), rand([150])]
  const layer = () => {
    const out = x.newEmpty([100, 150])
    cpu.kernels.linear?.(x, weight, bias, out)
    return out
  }
  const error = layer().sub(x.matmul(weight.t()).add(bias)).abs().max()
  expect(error.item()).toBeLessThan(1e-4)
  expect(bitsOn(2, layer)).toEqual(bitsOn(1, layer))
})

describe('functions of each number are the same on 1, 2 and 3 threads,', () => {
  setUntilEnd(tooFew, { longFunction: 0, functionOnThreads: 0 })
  const functions = ['exp', 'log1p', 'tanh', 'erf', 'sin'] as const

  test('of views of any strides', () => {
    fc.assert(
      fc.property(
        viewOfShape([5, 7, 3]),
        fc.constantFrom(...functions),
        ({ x }, name) => {
          const bits = [1, 2, 3].map((n) => bitsOn(n, () => x[name]()))
          expect(bits[1]).toEqual(bits[0])
          expect(bits[2]).toEqual(bits[0])
        },
      ),
      { numRuns: 30, endOnFailure: true },
    )
  })

  test('of more numbers than are in memory at a time', () => {
    const x = rand([700_001])
    const [one, two] = [1, 2].map((n) => bitsOn(n, () => x.exp()))
    expect(one.every((bits, place) => bits === two[place])).toBe(true)
  })
})

describe('convolutions are the same to the last bit on 1, 2 and 3 threads,', () => {
  setUntilEnd(tooFew, { convOnThreads: 0 })

  /** Of the output, and of what reaches the input and the filters. */
  function bitsOfAll(images: NDArray, filters: NDArray, groups: number) {
    const [x, weight] = [images, filters].map((of) => new Tensor(of, true))
    const y = F.conv2d(x, weight, undefined, { padding: 1, groups })
    y.square().sum().backward()
    return [y, x.grad, weight.grad].map((found) => bitsOf(found?.toTypedArray()))
  }

  test.each([
    ['of one image', [1, 3, 40, 17], [5, 3, 3, 3], 1],
    ['of groups', [3, 8, 9, 9], [4, 4, 3, 3], 2],
    ['of large images', [2, 8, 40, 41], [17, 8, 3, 3], 1],
    ['of more images than there is room for calls', [700, 2, 1, 2], [3, 2, 3, 3], 1],
  ])('%s', (_, images, filters, groups) => {
    const [x, weight] = [rand(images), rand(filters)]
    const [one, two, three] = [1, 2, 3].map((n) => {
      setNumThreads(n)
      return bitsOfAll(x, weight, groups)
    })
    expect(two).toEqual(one)
    expect(three).toEqual(one)
  })
})

test('there are as many threads as were asked for', () => {
  setNumThreads(3)
  expect(getNumThreads()).toBe(3)
})

test('a number of threads that makes no sense is refused', () => {
  for (const n of [0, -1, 1.5, Number.NaN, 65]) {
    expect(message(() => setNumThreads(n))).toBe(
      `ValueError: setNumThreads: n is ${n}: it must be a whole number from 1 to 64`,
    )
  }
  const text: unknown = '2'
  expect(message(() => setNumThreads(text as number))).toBe(
    "ValueError: setNumThreads: n is the string '2': it must be a whole number from 1 to 64",
  )
})
