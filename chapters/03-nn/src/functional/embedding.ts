import type { Tensor } from '@deepdive/autograd'
import {
  DTypeError,
  formatShape,
  IndexError,
  ShapeError,
  ValueError,
} from '@deepdive/tensor'
import { checkElements } from './check-elements.ts'
import { checkTensors } from './check-tensors.ts'

export interface PaddingIndex {
  /**
   * The index of a row that learns nothing; from the end where negative. Default: null.
   */
  readonly paddingIdx?: number | null
}

/**
 * The rows of a table that indices name: indices of any shape [...], int32, and a
 * weight of [rows, width] give [..., width]. A row learns from every place that names
 * it.
 *
 * @throws DTypeError where the indices are not int32.
 * @throws IndexError where an index is not from 0 to rows − 1.
 * @throws ValueError where `paddingIdx` names no row.
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
  if (weight.ndim !== 2) {
    throw new ShapeError(
      `embedding: the weight must be [rows, width], not ${formatShape(weight.shape)}`,
    )
  }
  const [count, width] = weight.shape
  checkRows(indices, count)
  const rows = weight.indexSelect(0, indices.flatten())
  const found = rows.reshape([...indices.shape, width])
  if (paddingIdx === null) return found
  checkPadding('embedding', paddingIdx, count)
  const padding = paddingIdx < 0 ? paddingIdx + count : paddingIdx
  return found.where(indices.ne(padding).unsqueeze(-1), found.detach())
}

/** Refuses the index of a row to leave alone that is none. */
export function checkPadding(owner: string, row: number, count: number): void {
  if (Number.isInteger(row) && row >= -count && row < count) return
  throw new ValueError(
    `${owner}: paddingIdx ${row} names none of ${count} rows: use 0 to ${count - 1}`,
  )
}

function checkRows(indices: Tensor, count: number): void {
  if (indices.dtype !== 'int32') {
    throw new DTypeError(
      `embedding: indices must be int32, not ${indices.dtype}: make them with ` +
        "{ dtype: 'int32' }, or convert them by .to('int32')",
    )
  }
  const isRow = (index: number) => index >= 0 && index < count
  checkElements(indices, isRow, (index) => {
    return new IndexError(
      `embedding: index ${index} is outside 0…${count - 1}: the table has ${count} rows`,
    )
  })
}
