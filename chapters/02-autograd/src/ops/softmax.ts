import type { NDArray } from '@deepdive/tensor'
import { alongAxis, unrecorded } from '../one-pass.ts'
import type { Op } from '../op.ts'

/** yᵢ = e^xᵢ / Σ e^xⱼ along `dim`: ∂x = y · (grad − Σ grad · y). */
export const softmax = (dim: number): Op => ({
  name: 'softmax',
  settings: { dim },
  forward: (x) => {
    const found = alongAxis(x.device.kernels.softmax, dim, x)
    if (found) return found
    const powers = x.sub(peak(x, dim)).exp()
    return powers.div(powers.sum(dim, { keepdim: true }))
  },
  gradient: (grad, { output: y }) => {
    const { softmaxGradient } = y.device.kernels
    return [
      unrecorded(grad, () => alongAxis(softmaxGradient, dim, grad.array, y.array)) ??
        y.mul(grad.sub(grad.mul(y).sum(dim, { keepdim: true }))),
    ]
  },
})

/** yᵢ = xᵢ − ln Σ e^xⱼ along `dim`: ∂x = grad − softmax(x) · Σ grad. */
export const logSoftmax = (dim: number): Op => ({
  name: 'logSoftmax',
  settings: { dim },
  forward: (x) => {
    const found = alongAxis(x.device.kernels.logSoftmax, dim, x)
    if (found) return found
    const shifted = x.sub(peak(x, dim))
    return shifted.sub(shifted.exp().sum(dim, { keepdim: true }).log())
  },
  gradient: (grad, { output: y }) => {
    const { logSoftmaxGradient } = y.device.kernels
    return [
      unrecorded(grad, () => alongAxis(logSoftmaxGradient, dim, grad.array, y.array)) ??
        grad.sub(y.exp().mul(grad.sum(dim, { keepdim: true }))),
    ]
  },
})

/** y = ln Σ e^x along `dim`, kept with size 1: ∂x = grad · softmax(x). */
export const logSumExp = (dim: number): Op => ({
  name: 'logSumExp',
  settings: { dim },
  forward: (x) => {
    const shift = finite(peak(x, dim))
    return x.sub(shift).exp().sum(dim, { keepdim: true }).log().add(shift)
  },
  gradient: (grad, { inputs: [x] }) => [grad.mul(x.softmax(dim))],
})

/**
 * The largest element along `dim`: less it, no x is above 0 and no eˣ overflows. Where
 * there is no element, the empty sum.
 */
function peak(x: NDArray, dim: number): NDArray {
  if (x.numel() === 0) return x.sum(dim, { keepdim: true })
  return x.amax(dim, { keepdim: true })
}

/** ∞ − ∞ is no number: an infinite peak needs no shift. */
function finite(x: NDArray): NDArray {
  return x.where(x.abs().lt(Infinity), 0)
}
