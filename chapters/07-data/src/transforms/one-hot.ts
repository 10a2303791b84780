import { checkTensor, type Tensor, zeros } from '@deepdive/autograd'
import { checkCount, cpu, DTypeError, IndexError } from '@deepdive/tensor'

/**
 * Makes a vector of each label, 1 at the place of its class and 0 elsewhere:
 * [...] becomes [..., numClasses].
 *
 * @throws DTypeError where labels are not int32.
 * @example
 * transforms.oneHot(3)(tensor([2, 0], { dtype: 'int32' }))
 * // → tensor([[0., 0., 1.],
 * //           [1., 0., 0.]])
 */
export function oneHot(numClasses: number): (labels: Tensor) => Tensor {
  checkCount('oneHot', { numClasses })
  return (labels) => {
    checkTensor('oneHot', 'labels', labels)
    if (labels.dtype !== 'int32') {
      throw new DTypeError(`oneHot: labels are ${labels.dtype}: use .to('int32')`)
    }
    checkLabels(labels, numClasses)
    const places = labels.unsqueeze(-1)
    return zeros([...labels.shape, numClasses], { device: labels.device }).scatter(
      -1,
      places,
      1,
    )
  }
}

/** Labels elsewhere than on the cpu are not waited for. */
function checkLabels(labels: Tensor, numClasses: number): void {
  if (labels.device !== cpu) return
  const wrong = labels.toTypedArray().find((label) => label < 0 || label >= numClasses)
  if (wrong === undefined) return
  throw new IndexError(`oneHot: label ${wrong} is outside 0…${numClasses - 1}`)
}
