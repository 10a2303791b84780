import type { Kernels } from '@deepdive/tensor'
import '../src/kernels.ts'
import { logSoftmaxOf, read, readRows, sum, times, write } from './elements-of.ts'

/** The fused kernels of chapter 2 in as few words as possible. */
export const fused = {
  softmax(x, out) {
    write(
      out,
      readRows(x).flatMap((row) => logSoftmaxOf(row).map(Math.exp)),
    )
  },
  softmaxGradient(grad, y, out) {
    const gradients = readRows(grad)
    const slope = (p: number[], n: number) => {
      const shared = sum(times(gradients[n], p))
      return p.map((each, i) => each * (gradients[n][i] - shared))
    }
    write(out, readRows(y).flatMap(slope))
  },
  logSoftmax(x, out) {
    write(out, readRows(x).flatMap(logSoftmaxOf))
  },
  logSoftmaxGradient(grad, y, out) {
    const gradients = readRows(grad)
    const slope = (row: number[], n: number) =>
      row.map((each, i) => gradients[n][i] - Math.exp(each) * sum(gradients[n]))
    write(out, readRows(y).flatMap(slope))
  },
  reluGradient(grad, x, out) {
    const at = read(x)
    write(
      out,
      read(grad).map((each, i) => (at[i] <= 0 ? 0 : each)),
    )
  },
} satisfies Partial<Kernels>
