import type { Kernels } from '@deepdive/tensor'
import {
  logSoftmaxOf,
  mean,
  read,
  readRows,
  sum,
  times,
  write,
} from '../../02-autograd/test/elements-of.ts'
import { fused as before } from '../../02-autograd/test/fused.ts'
import '../src/kernels.ts'

/** The fused kernels of chapters 2 and 3 in as few words as possible. */
export const fused = {
  ...before,
  linear(x, weight, bias, out) {
    const start = read(bias)
    const products = (row: number[]) =>
      readRows(weight).map((w, j) => sum(times(row, w)) + start[j])
    write(out, readRows(x).flatMap(products))
  },
  standardize(x, eps, out, means, variances) {
    const rows = readRows(x, x.shape.length - means.shape.length)
    const centered = rows.map((row) => row.map((each) => each - mean(row)))
    const spread = centered.map((row) => mean(times(row, row)))
    write(means, rows.map(mean))
    write(variances, spread)
    const scaled = (row: number[], n: number) =>
      row.map((each) => each / Math.sqrt(spread[n] + eps))
    write(out, centered.flatMap(scaled))
  },
  standardizeGradient(grad, y, inverse, out) {
    const axes = y.shape.length - inverse.shape.length
    const [gradients, factors] = [readRows(grad, axes), read(inverse)]
    const slope = (row: number[], n: number) => {
      const g = gradients[n]
      const [level, tilt] = [mean(g), mean(times(g, row))]
      return row.map((each, i) => (g[i] - level - each * tilt) * factors[n])
    }
    write(out, readRows(y, axes).flatMap(slope))
  },
  crossEntropy(x, labels, ignoreIndex, losses) {
    const rows = readRows(x)
    const loss = (label: number, n: number) =>
      label === ignoreIndex ? 0 : -logSoftmaxOf(rows[n])[label]
    write(losses, read(labels).map(loss))
  },
  crossEntropyGradient(x, labels, ignoreIndex, grad, out) {
    const [answers, gradients] = [read(labels), read(grad)]
    const slope = (row: number[], n: number) =>
      logSoftmaxOf(row).map((log, c) => {
        if (answers[n] === ignoreIndex) return 0
        return (Math.exp(log) - (c === answers[n] ? 1 : 0)) * gradients[n]
      })
    write(out, readRows(x).flatMap(slope))
  },
} satisfies Partial<Kernels>
