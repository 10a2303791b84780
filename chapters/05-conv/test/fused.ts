import type { Kernels, Shape } from '@deepdive/tensor'
import {
  mean,
  read,
  readRows,
  sum,
  times,
  write,
} from '../../02-autograd/test/elements-of.ts'
import { fused as before } from '../../03-nn/test/fused.ts'
import { largestInWindows } from '../src/cpu/largest-in-windows.ts'
import type { Window } from '../src/index.ts'
import '../src/kernels.ts'

/** The sizes of a convolution: of x, [N, C, n₁, n₂], and of the weight and y. */
interface Sizes {
  readonly x: Shape
  readonly weight: Shape
  readonly y: Shape
}

/** Calls `visit` with the places of all numbers that a convolution multiplies. */
function forEachProduct(
  sizes: Sizes,
  window: Window,
  groups: number,
  visit: (x: number, weight: number, y: number) => void,
): void {
  const [batch, channels, n1, n2] = sizes.x
  const [filters, inGroup, k1, k2] = sizes.weight
  const [, , o1, o2] = sizes.y
  const [down, across] = window
  for (let n = 0; n < batch; n++)
    for (let o = 0; o < filters; o++)
      for (let c = 0; c < inGroup; c++)
        for (let i = 0; i < o1 * o2; i++)
          for (let k = 0; k < k1 * k2; k++) {
            const row =
              Math.floor(i / o2) * down.stride +
              Math.floor(k / k2) * down.dilation -
              down.before
            const column =
              (i % o2) * across.stride + (k % k2) * across.dilation - across.before
            if (row < 0 || row >= n1 || column < 0 || column >= n2) continue
            const channel = Math.floor(o / (filters / groups)) * inGroup + c
            visit(
              ((n * channels + channel) * n1 + row) * n2 + column,
              ((o * inGroup + c) * k1 + Math.floor(k / k2)) * k2 + (k % k2),
              ((n * filters + o) * o1 + Math.floor(i / o2)) * o2 + (i % o2),
            )
          }
}

/** A window on one axis is one on two, of which the first has a size of 1. */
function onTwoAxes(sizes: Sizes, window: Window): [Sizes, Window] {
  if (window.length === 2) return [sizes, window]
  const widen = ([a, b, n]: Shape) => [a, b, 1, n]
  const { x, weight, y } = sizes
  const none = { size: 1, stride: 1, dilation: 1, before: 0, after: 0 }
  const wide = { x: widen(x), weight: widen(weight), y: widen(y) }
  return [wide, [none, ...window]]
}

/** The fused kernels of chapters 2, 3 and 5 in as few words as possible. */
export const fused = {
  ...before,
  conv(x, weight, bias, window, groups, y) {
    const [pixels, filters, start] = [read(x), read(weight), bias && read(bias)]
    const [, channels, ...counts] = y.shape
    const area = counts.reduce((size, extent) => size * extent, 1)
    const sums = read(y).map((_, n) => start?.[Math.floor(n / area) % channels] ?? 0)
    const sizes = { x: x.shape, weight: weight.shape, y: y.shape }
    forEachProduct(...onTwoAxes(sizes, window), groups, (i, j, k) => {
      sums[k] += pixels[i] * filters[j]
    })
    write(y, sums)
  },
  convInputGradient(grad, weight, window, groups, x) {
    const [gradients, filters, sums] = [read(grad), read(weight), read(x)]
    const sizes = { x: x.shape, weight: weight.shape, y: grad.shape }
    forEachProduct(...onTwoAxes(sizes, window), groups, (i, j, k) => {
      sums[i] += gradients[k] * filters[j]
    })
    write(x, sums)
  },
  convWeightGradient(x, grad, window, groups, weight) {
    const [pixels, gradients, sums] = [read(x), read(grad), read(weight)]
    const sizes = { x: x.shape, weight: weight.shape, y: grad.shape }
    forEachProduct(...onTwoAxes(sizes, window), groups, (i, j, k) => {
      sums[j] += pixels[i] * gradients[k]
    })
    write(weight, sums)
  },
  maxPool(x, window, y, places) {
    largestInWindows(x, window, places)
    const planes = readRows(x, window.length)
    const count = read(places).length / planes.length
    const largest = (place: number, n: number) => planes[Math.floor(n / count)][place]
    write(y, read(places).map(largest))
  },
  batchNorm(x, weight, bias, eps, y, means, variances) {
    const [factors, shifts] = [read(weight), read(bias)]
    const rows = readRows(x, x.shape.length - 1)
    write(means, rows.map(mean))
    const centered = rows.map((row) => row.map((each) => each - mean(row)))
    const spread = centered.map((row) => mean(times(row, row)))
    write(variances, spread)
    const scaled = (row: number[], c: number) => {
      const factor = factors[c] / Math.sqrt(spread[c] + eps)
      return row.map((each) => each * factor + shifts[c])
    }
    write(y, centered.flatMap(scaled))
  },
  batchNormGradient(grad, x, weight, mean, inverse, xGrad, weightGrad, biasGrad) {
    const axes = x.shape.length - 1
    const [factors, centers, scales] = [read(weight), read(mean), read(inverse)]
    const z = readRows(x, axes).map((row, c) =>
      row.map((each) => (each - centers[c]) * scales[c]),
    )
    const gradients = readRows(grad, axes)
    const levels = gradients.map(sum)
    const tilts = gradients.map((row, c) => sum(times(row, z[c])))
    write(biasGrad, levels)
    write(weightGrad, tilts)
    const slope = (row: number[], c: number) =>
      row.map((each, i) => {
        const rest = each - (levels[c] + z[c][i] * tilts[c]) / row.length
        return rest * factors[c] * scales[c]
      })
    write(xGrad, gradients.flatMap(slope))
  },
} satisfies Partial<Kernels>
