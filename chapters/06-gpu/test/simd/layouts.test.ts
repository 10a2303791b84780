import '../simd.setup.ts'
import {
  cpu,
  type DType,
  type Kernels,
  NDArray,
  type Shape,
  sizeOf,
} from '@deepdive/tensor'
import { describe, expect, test } from 'vitest'
import { fused } from '../../../05-conv/test/fused.ts'
import { checkNear, type Nearness } from '../properties/near.ts'
import {
  anyNumbers,
  below,
  between,
  drawn,
  exactNumbers,
  type Numbers,
  summands,
} from '../properties/numbers.ts'
import { valuesOf } from '../properties/place.ts'
import { plain, plainCpu } from '../properties/plain.ts'

const rounding = { relative: 5e-7, absolute: 3e-45 }

let seed = 0

/** Arrays of a shape, of which these numbers are the elements. */
type Lie = (shape: Shape, numbers?: Numbers, dtype?: DType) => NDArray

/** Elements one after another. */
const dense: Lie = (shape, numbers = anyNumbers, dtype = 'float32') =>
  NDArray.from(drawn(numbers, dtype, sizeOf(shape), seed++), shape, plainCpu)

/** Elements of a smaller shape, stretched. */
const stretched =
  (smaller: (shape: Shape) => Shape): Lie =>
  (shape, ...what) =>
    dense(smaller(shape), ...what).expand(shape)

/**
 * How operands lie that fast kernels read as they are: whole, in rows with gaps between
 * them, and the same along some axes.
 */
const lies: Readonly<Record<string, Lie>> = {
  'one after another': dense,
  'with gaps between rows': (shape, ...what) => {
    const last = shape.length - 1
    const wide = shape.with(last, shape[last] + 3)
    return dense(wide, ...what).narrow(last, 2, shape[last])
  },
  'the same in each row': stretched((shape) => shape.slice(-1)),
  'the same along each row': stretched((shape) => shape.with(-1, 1)),
  'the same for each channel': stretched(([, channels = 1, ...others]) => [
    channels,
    ...others.map(() => 1),
  ]),
  'all the same': stretched(() => []),
}

/** Sizes with vectors that are not full, and more than a block holds. */
const shapes: readonly Shape[] = [
  [7],
  [4099],
  [5, 33],
  [3, 5, 6],
  [2, 3, 1501],
  [90, 61],
]

/** Runs a kernel of both, on results of its own, and compares these. */
function compare(
  run: (kernels: Kernels, out: NDArray) => void,
  shape: Shape,
  dtype: DType,
  nearness: Nearness,
  meaning = run,
): void {
  const [found, wanted] = [cpu, plainCpu].map((device) =>
    NDArray.empty(shape, dtype, device),
  )
  run(cpu.kernels, found)
  meaning(plain, wanted)
  checkNear(valuesOf(found.storage), wanted.storage, nearness, rounding)
}

/** As they are, from last to first, and with two, or the last, in front. */
function ordersOf(axes: readonly number[]): number[][] {
  const [first, second = [], ...others] = axes
  const swapped = [second, first, ...others].flat()
  return [
    [...axes],
    axes.toReversed(),
    swapped,
    [...axes.slice(-1), ...axes.slice(0, -1)],
  ]
}

describe.each(shapes.map((shape) => [shape]))('arrays of %j', (shape) => {
  const kinds = Object.entries(lies)
  const pairs = kinds.flatMap(([first, a]) =>
    kinds.map(([second, b]) => [first, second, a, b] as const),
  )

  test.each(pairs)('an operand that lies %s, and one that lies %s', (_, __, a, b) => {
    const [x, y] = [a(shape), b(shape)]
    for (const op of ['add', 'sub', 'mul', 'maximum', 'minimum'] as const)
      compare((kernels, out) => kernels.binary(op, x, y, out), shape, 'float32', 'same')
    for (const op of ['eq', 'ne', 'lt', 'le', 'gt', 'ge'] as const)
      compare((kernels, out) => kernels.binary(op, x, y, out), shape, 'bool', 'same')
    compare(
      (kernels, out) => kernels.binary('div', x, y, out),
      shape,
      'float32',
      'rounded',
    )
    const gradient = (_: Kernels, out: NDArray) => fused.reluGradient(x, y, out)
    const run = (kernels: Kernels, out: NDArray) => kernels.reluGradient?.(x, y, out)
    compare(run, shape, 'float32', 'same', gradient)
  })

  test.each(kinds)('a condition that lies %s', (_, lie) => {
    const condition = lie(shape, anyNumbers, 'bool')
    for (const [, a] of kinds) {
      const [x, y] = [a(shape), dense(shape)]
      const run = (kernels: Kernels, out: NDArray) =>
        kernels.where(condition, x, y, out)
      compare(run, shape, 'float32', 'same')
    }
  })

  test.each(kinds)('functions of an operand that lies %s', (_, lie) => {
    const x = lie(shape)
    for (const op of ['relu', 'exp', 'tanh'] as const)
      compare((kernels, out) => kernels.unary(op, x, out), shape, 'float32', 'rounded')
    const two = dense([], () => 2).expand(shape)
    const square = (kernels: Kernels, out: NDArray) =>
      kernels.binary('pow', x, two, out)
    compare(square, shape, 'float32', 'rounded')
  })

  test.each(kinds)('sums and extremes of an operand that lies %s', (_, lie) => {
    const x = lie(shape, summands)
    const axes = [...shape.keys()]
    for (let kept = 0; kept <= shape.length; kept++) {
      for (const order of ordersOf(axes)) {
        const [rows, out] = [
          x.permute(order),
          order.slice(0, kept).map((n) => shape[n]),
        ]
        for (const op of ['sum', 'max', 'min'] as const)
          compare(
            (kernels, out) => kernels.reduce(op, rows, out),
            out,
            'float32',
            'equal',
          )
      }
    }
  })

  test('copies of all that lies so, and of what is turned', () => {
    const axes = [...shape.keys()]
    for (const [, lie] of kinds) {
      const x = lie(shape).permute(axes.toReversed())
      compare((kernels, out) => kernels.copy(x, out), x.shape, 'float32', 'same')
    }
  })
})

test.each([
  ['rows', [1, 40_001, 3], [0, 1, 2]],
  ['columns', [1, 3, 40_001], [0, 2, 1]],
  ['both', [5, 3, 123, 61], [0, 2, 3, 1]],
])('more totals than fit at a time, of %s', (_, shape, order) => {
  const x = dense(shape, summands).permute(order)
  for (const op of ['sum', 'max', 'min'] as const) {
    const run = (kernels: Kernels, out: NDArray) => kernels.reduce(op, x, out)
    compare(run, x.shape.slice(0, -1), 'float32', 'equal')
  }
})

describe('more rows than fit at a time', () => {
  const shape = [37, 1000]
  const moderate = between(-3, 3)
  const [x, grad] = [dense(shape, moderate), dense(shape, moderate)]
  const [shares, logs] = [
    dense(shape, between(0, 0.002)),
    dense(shape, between(-8, -6)),
  ]
  const labels = dense([37], below(1000), 'int32')
  const vector = dense([37], between(0.5, 2))
  const kinds = {
    'one after another': [x, grad, shares, logs],
    'in columns': [x, grad, shares, logs].map((each) => each.t().contiguous().t()),
  }

  test.each(Object.entries(kinds))('that lie %s', (_, [x, grad, shares, logs]) => {
    const calls: readonly ((kernels: Partial<Kernels>, out: NDArray) => void)[] = [
      (kernels, out) => kernels.softmax?.(x, out),
      (kernels, out) => kernels.logSoftmax?.(x, out),
      (kernels, out) => kernels.softmaxGradient?.(grad, shares, out),
      (kernels, out) => kernels.logSoftmaxGradient?.(grad, logs, out),
      (kernels, out) => kernels.crossEntropyGradient?.(x, labels, 7, vector, out),
      (kernels, out) => kernels.standardizeGradient?.(grad, x, vector, out),
      (kernels, out) => kernels.standardize?.(x, 0.1, out, spare(), spare()),
      (kernels, out) =>
        kernels.batchNorm?.(x, vector, vector, 1, out, spare(), spare()),
    ]
    for (const call of calls) {
      compare(call, shape, 'float32', 'close', (_, out) => call(fused, out))
    }
    const loss = (kernels: Partial<Kernels>, out: NDArray) =>
      kernels.crossEntropy?.(x, labels, 7, out)
    compare(loss, [37], 'float32', 'close', (_, out) => loss(fused, out))
  })

  const spare = () => NDArray.empty([37], 'float32', plainCpu)
})

describe('more windows than fit at a time', () => {
  const axis = { size: 3, stride: 1, dilation: 1, before: 1, after: 1 }
  const images = {
    'in rows of an image': [1, 2, 150, 200],
    'in a part of a row': [1, 2, 2, 9000],
    'in several images': [40, 2, 12, 15],
  }
  test.each(Object.entries(images))('%s', (_, shape) => {
    const [batch, channels, rows, columns] = shape
    const window = [axis, { ...axis, stride: 2, before: 0 }]
    const weight = dense([4, channels, 3, 3], exactNumbers)
    const out = [batch, 4, rows, Math.floor((columns - 2) / 2) + 1]
    const [x, y] = [dense(shape, exactNumbers), dense(out, exactNumbers)]
    const conv = (kernels: Partial<Kernels>, y: NDArray) =>
      kernels.conv?.(x, weight, null, window, 1, y)
    compare(conv, out, 'float32', 'equal', (_, y) => conv(fused, y))
    const input = (kernels: Partial<Kernels>, x: NDArray) =>
      kernels.convInputGradient?.(y, weight, window, 1, x)
    compare(input, shape, 'float32', 'equal', (_, x) => input(fused, x))
    const filters = (kernels: Partial<Kernels>, w: NDArray) =>
      kernels.convWeightGradient?.(x, y, window, 1, w)
    compare(filters, weight.shape, 'float32', 'close', (_, w) => filters(fused, w))
    const windows = [batch, out[2], out[3], channels, 3, 3]
    const laidOut = (out: NDArray) => out.movedim(3, 1)
    const gather = (kernels: Kernels, out: NDArray) =>
      kernels.gatherWindows?.(x, window, laidOut(out))
    compare(gather, windows, 'float32', 'same')
    const pool = (kernels: Kernels, out: NDArray) =>
      kernels.largestInWindows?.(x, window, out)
    compare(pool, [batch, channels, ...out.slice(2)], 'int32', 'same')
  })
})

describe('more places in rows than fit at a time', () => {
  const index = dense([300, 100], below(400), 'int32')
  const [x, source] = [dense([300, 400]), dense([300, 100], exactNumbers)]

  test('are picked from', () => {
    const run = (kernels: Kernels, out: NDArray) => kernels.gather(x, index, out)
    compare(run, [300, 100], 'float32', 'same')
  })

  test('are added to', () => {
    const run = (kernels: Kernels, out: NDArray) => {
      for (let n = 0; n < 2; n++) kernels.scatterAdd(index, source, out)
    }
    compare(run, [300, 400], 'float32', 'equal')
  })

  test('are named if they are outside of their row', () => {
    const out = NDArray.empty([300, 100], 'float32', cpu)
    for (const bad of [-1, 400]) {
      const places = dense([300, 100], () => bad, 'int32')
      const message = `index ${bad} is outside an axis of size 400: use 0 to 399`
      expect(() => cpu.kernels.gather(x, places, out)).toThrow(`gather: ${message}`)
      expect(() => cpu.kernels.scatterAdd(places, source, x)).toThrow(
        `scatterAdd: ${message}`,
      )
    }
  })
})
