import type { NDArray, Shape } from '@deepdive/tensor'
import fc from 'fast-check'
import { type Window, windowCount } from '../../../../05-conv/src/window.ts'
import type { Call, Calls } from '../call.ts'
import { anyNumbers, exactNumbers } from '../numbers.ts'
import { resultOf, rowsOf, viewOf } from '../views.ts'

/** How a window slides along an axis that has room for one at least. */
export const anyAxis = fc
  .record({
    size: fc.integer({ min: 1, max: 4 }),
    stride: fc.integer({ min: 1, max: 3 }),
    dilation: fc.integer({ min: 1, max: 3 }),
    before: fc.nat(3),
    after: fc.integer({ min: -1, max: 3 }),
    more: fc.constantFrom(0, 1, 2, 5, 30),
  })
  .map(({ more, ...axis }) => {
    const reach = axis.dilation * (axis.size - 1) + 1
    return { axis, extent: Math.max(1, reach - axis.before - axis.after) + more }
  })

/** Images, and how a window slides over them. */
interface Sliding {
  readonly window: Window
  readonly images: Shape
  /** [..., o₁, o₂, k₁, k₂] */
  readonly windows: Shape
}

const lead: fc.Arbitrary<Shape> = fc.constantFrom([], [1], [3], [2, 3], [0], [2, 0])

function sliding(rank: number): fc.Arbitrary<Sliding> {
  const axes = fc.array(anyAxis, { minLength: rank, maxLength: rank })
  return fc.tuple(lead, axes).map(([lead, axes]) => {
    const window = axes.map(({ axis }) => axis)
    const counts = axes.map(({ axis, extent }) => windowCount('test', axis, extent))
    return {
      window,
      images: [...lead, ...axes.map(({ extent }) => extent)],
      windows: [...lead, ...counts, ...window.map(({ size }) => size)],
    }
  })
}

function gatherWindows(rank: number): fc.Arbitrary<Call> {
  return sliding(rank).chain(({ window, images, windows }) =>
    fc
      .tuple(viewOf(images, 'float32', anyNumbers), resultOf(windows, 'float32'))
      .map(([x, out]) => ({
        given: [x],
        results: [out],
        run: (kernels, [x], [out]) => kernels.gatherWindows?.(x, window, out),
        nearness: 'same',
      })),
  )
}

function addWindows(rank: number): fc.Arbitrary<Call> {
  return sliding(rank).chain(({ window, images, windows }) =>
    fc
      .tuple(
        viewOf(windows, 'float32', exactNumbers),
        viewOf(images, 'float32', exactNumbers, false),
      )
      .map((given) => ({
        given,
        results: [],
        run: (kernels, [windows, x]) => kernels.addWindows?.(windows, window, x),
        nearness: 'equal',
      })),
  )
}

/** Images with channels, and all that one output sees of them together in memory. */
function asConvolved(rank: number) {
  const inChannels = fc.constantFrom([1, 1], [2, 3], [3, 5], [0, 2], [2, 0])
  return fc
    .tuple(sliding(rank), inChannels)
    .map(([{ window, images, windows }, lead]) => {
      const [extents, both] = [images.slice(-rank), windows.slice(-2 * rank)]
      const [counts, sizes] = [both.slice(0, rank), both.slice(rank)]
      const laidOut = (x: NDArray) => x.movedim(1 + rank, 1)
      return {
        window,
        laidOut,
        images: [...lead, ...extents],
        memory: [lead[0], ...counts, lead[1], ...sizes],
      }
    })
}

const gatherConvolved = (rank: number): fc.Arbitrary<Call> =>
  asConvolved(rank).chain(({ window, laidOut, images, memory }) =>
    viewOf(images, 'float32', anyNumbers, false).map((x) => ({
      given: [x.contiguous()],
      results: [laidOut(rowsOf(memory, 'float32'))],
      run: (kernels, [x], [out]) => kernels.gatherWindows?.(x, window, out),
      nearness: 'same',
    })),
  )

const addConvolved = (rank: number): fc.Arbitrary<Call> =>
  asConvolved(rank).chain(({ window, laidOut, images, memory }) =>
    fc
      .tuple(
        viewOf(memory, 'float32', exactNumbers, false),
        viewOf(images, 'float32', exactNumbers, false),
      )
      .map(([windows, x]) => ({
        given: [laidOut(windows.contiguous()), x.contiguous()],
        results: [],
        run: (kernels, [windows, x]) => kernels.addWindows?.(windows, window, x),
        nearness: 'equal',
      })),
  )

const largestInWindows = (rank: number) =>
  sliding(rank).chain(({ window, images, windows }) =>
    viewOf(images, 'float32', anyNumbers).map((x): Call => {
      return {
        given: [x.contiguous()],
        results: [rowsOf(windows.slice(0, -rank), 'int32')],
        run: (kernels, [x], [out]) => kernels.largestInWindows?.(x, window, out),
        nearness: 'same',
      }
    }),
  )

/** Whether each window holds an element of the axis that it slides along. */
function meetsAll({ window, images, windows }: Sliding): boolean {
  const lead = images.length - window.length
  return window.every(({ size, stride, dilation, before }, n) => {
    const starts = Array.from(
      { length: windows[lead + n] },
      (_, o) => o * stride - before,
    )
    const within = (place: number) => place >= 0 && place < images[lead + n]
    return starts.every((start) =>
      Array.from({ length: size }, (_, k) => start + k * dilation).some(within),
    )
  })
}

const maxPool = (rank: number) =>
  sliding(rank)
    .filter(meetsAll)
    .chain(({ window, images, windows }) =>
      viewOf(images, 'float32', anyNumbers).map((x): Call => {
        const shape = windows.slice(0, -rank)
        return {
          given: [x.contiguous()],
          results: [rowsOf(shape, 'float32'), rowsOf(shape, 'int32')],
          run: (kernels, [x], [y, places]) => kernels.maxPool?.(x, window, y, places),
          meaning: (kernels, [x], [y, places]) => {
            kernels.largestInWindows?.(x, window, places)
            const lead = places.ndim - rank
            const largest = x.flatten(lead).gather(lead, places.flatten(lead))
            y.copy_(largest.reshape(shape))
          },
          nearness: 'same',
        }
      }),
    )

/** Windows on images. */
export const sliders: Readonly<Record<string, Calls>> = {
  gatherWindows: {
    'along one axis': gatherWindows(1),
    'along two axes': gatherWindows(2),
    'along three axes': gatherWindows(3),
    'for a convolution along one axis': gatherConvolved(1),
    'for a convolution along two axes': gatherConvolved(2),
  },
  addWindows: {
    'along one axis': addWindows(1),
    'along two axes': addWindows(2),
    'along three axes': addWindows(3),
    'for a convolution along one axis': addConvolved(1),
    'for a convolution along two axes': addConvolved(2),
  },
  largestInWindows: {
    'along one axis': largestInWindows(1),
    'along two axes': largestInWindows(2),
  },
  maxPool: { 'along one axis': maxPool(1), 'along two axes': maxPool(2) },
}
