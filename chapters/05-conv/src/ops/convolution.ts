import type { Op } from '@deepdive/autograd'
import {
  checkSameDevice,
  type Device,
  type Kernels,
  type NDArray,
  type Shape,
} from '@deepdive/tensor'
import '../kernels.ts'
import { type Window, windowCount } from '../window.ts'

type Fused = Required<
  Pick<Kernels, 'conv' | 'convInputGradient' | 'convWeightGradient'>
>

/** How filters slide over inputs: what is the same for a convolution and its gradients. */
export interface Sliding {
  readonly op: string
  readonly kernels: Fused
  readonly window: Window
  readonly groups: number
  /** The sizes of the input, and of a filter, along the axes of the window. */
  readonly extents: Shape
}

/** The kernels of a device that convolve at once, if it has them for such a window. */
export function fusedConvolution(
  { kernels: { conv, convInputGradient, convWeightGradient } }: Device,
  window: Window,
): Fused | null {
  if (!conv || !convInputGradient || !convWeightGradient || window.length > 2)
    return null
  return { conv, convInputGradient, convWeightGradient }
}

const settingsOf = ({ window, groups }: Sliding) => ({ window, groups })

/**
 * y = conv(x, w) + b, bilinear in x and w. What x and w add to Σ grad · y are two more
 * bilinear operations, and so each of these three has the other two as its gradients:
 *
 *     Σ grad · conv(x, w) = Σ x · inputGradient(grad, w) = Σ w · weightGradient(x, grad)
 */
export const convolution = (sliding: Sliding): Op => ({
  name: 'conv',
  settings: settingsOf(sliding),
  forward: (x, weight, bias?: NDArray) => {
    const { op, kernels, window, groups } = sliding
    checkSameDevice(op, x, weight, ...(bias ? [bias] : []))
    const counts = window.map((axis, n) => windowCount(op, axis, sliding.extents[n]))
    const y = x.newEmpty([x.size(0), weight.size(0), ...counts])
    const [input, filters] = [x.contiguous(), weight.contiguous()]
    kernels.conv(input, filters, bias?.contiguous() ?? null, window, groups, y)
    return y
  },
  gradient: (grad, { inputs: [x, weight, bias] }) => [
    () => grad.apply(inputGradient(sliding), weight),
    () => x.apply(weightGradient(sliding), grad),
    ...(bias ? [() => grad.sum([...grad.shape.keys()].toSpliced(1, 1))] : []),
  ],
})

/** What reaches the input: [N, C, n₁, n₂]. */
export const inputGradient = (sliding: Sliding): Op => ({
  name: 'convInputGradient',
  settings: settingsOf(sliding),
  forward: (grad, weight) => {
    const { op, kernels, window, groups, extents } = sliding
    checkSameDevice(op, grad, weight)
    const x = grad.newEmpty([grad.size(0), groups * weight.size(1), ...extents])
    const given = [grad.contiguous(), weight.contiguous()] as const
    kernels.convInputGradient(...given, window, groups, x)
    return x
  },
  gradient: (z, { inputs: [grad, weight] }) => [
    () => z.apply(convolution(sliding), weight),
    () => z.apply(weightGradient(sliding), grad),
  ],
})

/** What reaches the filters: [O, C / groups, k₁, k₂]. */
const weightGradient = (sliding: Sliding): Op => ({
  name: 'convWeightGradient',
  settings: settingsOf(sliding),
  forward: (x, grad) => {
    const { op, kernels, window, groups } = sliding
    checkSameDevice(op, x, grad)
    const sizes = window.map(({ size }) => size)
    const weight = x.newEmpty([grad.size(1), x.size(1) / groups, ...sizes])
    const given = [x.contiguous(), grad.contiguous()] as const
    kernels.convWeightGradient(...given, window, groups, weight)
    return weight
  },
  gradient: (z, { inputs: [x, grad] }) => [
    () => grad.apply(inputGradient(sliding), z),
    () => x.apply(convolution(sliding), z),
  ],
})
