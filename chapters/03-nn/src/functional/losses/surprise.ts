import { type Op, type Tensor, unrecorded } from '@deepdive/autograd'
import { checkSameDevice, isFloatingPoint, type Kernels } from '@deepdive/tensor'
import '../../kernels.ts'

/**
 * −ln softmax(x)[label] along `axis` by the device's fused kernels, and 0 where the
 * label is `ignoreIndex`; null where it has none. Labels are as x without the axis, and
 * checked.
 */
export function surpriseInOnePass(
  x: Tensor,
  labels: Tensor,
  axis: number,
  ignoreIndex: number,
): Tensor | null {
  const { crossEntropy, crossEntropyGradient } = x.device.kernels
  if (!crossEntropy || !crossEntropyGradient || !isFloatingPoint(x.dtype)) return null
  const kernels = { crossEntropy, crossEntropyGradient }
  return x.apply(surprise(kernels, axis, ignoreIndex), labels)
}

type Fused = Required<Pick<Kernels, 'crossEntropy' | 'crossEntropyGradient'>>

/** ∂x = (softmax(x) − 1 for the label, 0 for others) · grad. */
const surprise = (kernels: Fused, axis: number, ignoreIndex: number): Op => ({
  name: 'crossEntropy',
  forward: (x, labels) => {
    checkSameDevice('crossEntropy', x, labels)
    const losses = x.newEmpty(labels.shape)
    kernels.crossEntropy(x.movedim(axis, -1), labels, ignoreIndex, losses)
    return losses
  },
  gradient: (grad, { inputs: [x, labels] }) => {
    const inOnePass = () => {
      const out = x.array.newEmpty(x.shape)
      const [rows, to] = [x.array, out].map((array) => array.movedim(axis, -1))
      kernels.crossEntropyGradient(rows, labels.array, ignoreIndex, grad.array, to)
      return out
    }
    const composed = () => {
      const ignored = labels.eq(ignoreIndex)
      const places = labels.maskedFill(ignored, 0).unsqueeze(axis)
      const hits = grad.newZeros(x.shape).scatter(axis, places, 1)
      const heard = grad.maskedFill(ignored, 0).unsqueeze(axis)
      return x.softmax(axis).sub(hits).mul(heard)
    }
    return [() => unrecorded(grad, inOnePass) ?? composed(), null]
  },
})
