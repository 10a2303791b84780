import type { Tensor } from '@deepdive/autograd'
import { DTypeError, formatShape, ShapeError } from '@deepdive/tensor'
import { checkTensors } from './check-tensors.ts'

export interface PaddingIndex {
  /** The index of a row that learns nothing; from the end where negative. Default: null. */
  readonly paddingIdx?: number | null
}

/**
 * The rows of a table that indices name: indices of any shape [...], int32, and a weight
 * of [rows, width] give [..., width]. A row learns from every place that names it.
 *
 * @throws DTypeError where the indices are not int32.
 * @throws IndexError where an index is not from 0 to rows − 1.
 * @example
 * const table = tensor([[1, 2], [3, 4]])
 * functional.embedding(tensor([1], { dtype: 'int32' }), table) // → tensor([[3., 4.]])
 */
export function embedding(
  indices: Tensor,
  weight: Tensor,
  { paddingIdx = null }: PaddingIndex = {},
): Tensor {
  checkTensors('embedding', { indices, weight })
  if (indices.dtype !== 'int32') {
    throw new DTypeError(
      `embedding: indices must be int32, not ${indices.dtype}: make them with ` +
        "{ dtype: 'int32' }, or convert them by .to('int32')",
    )
  }
  if (weight.ndim !== 2) {
    throw new ShapeError(
      `embedding: the weight must be [rows, width], not ${formatShape(weight.shape)}`,
    )
  }
  const [count, width] = weight.shape
  const rows = weight.indexSelect(0, indices.flatten())
  const found = rows.reshape([...indices.shape, width])
  if (paddingIdx === null) return found
  const padding = paddingIdx < 0 ? paddingIdx + count : paddingIdx
  return found.where(indices.ne(padding).unsqueeze(-1), found.detach())
}
