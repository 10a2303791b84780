import { checkTensor, type Tensor } from '@deepdive/autograd'
import { formatShape, ShapeError } from '@deepdive/tensor'
import type { Collated } from '../loader/collated.ts'
import { checkIndex } from './check-index.ts'
import { Dataset } from './dataset.ts'
import { takeRows } from './rows.ts'

/**
 * The rows of one or more tensors side by side: sample i is row i of each.
 *
 * @throws ShapeError where the tensors have not the same number of rows.
 * @example
 * const pairs = new TensorDataset(tensor([[1, 2], [3, 4]]), tensor([0, 1]))
 * pairs.get(1) // → [tensor([3., 4.]), tensor(1.)]
 */
export class TensorDataset<Tensors extends readonly Tensor[]> extends Dataset<Tensors> {
  readonly tensors: Tensors
  readonly length: number

  constructor(...tensors: Tensors) {
    super()
    this.tensors = tensors
    this.length = countRows(tensors)
  }

  // A map over a tuple has its length, and tensors are collated to tensors; but the
  // checker forgets the one, and cannot know the other before it knows the tuple.

  get(index: number): Tensors {
    checkIndex('TensorDataset', index, this.length)
    return this.tensors.map((x) => x.detach().select(0, index)) as unknown as Tensors
  }

  override getBatch(indices: readonly number[]): Collated<Tensors> {
    for (const index of indices) checkIndex('TensorDataset', index, this.length)
    const rows = this.tensors.map((x) => takeRows(x, indices))
    return rows as unknown as Collated<Tensors>
  }
}

function countRows(tensors: readonly Tensor[]): number {
  if (tensors.length === 0) {
    throw new ShapeError('TensorDataset: needs at least one tensor')
  }
  for (const [n, x] of tensors.entries()) {
    checkTensor('TensorDataset', `argument ${n + 1}`, x)
    if (x.ndim === 0) {
      throw new ShapeError(
        `TensorDataset: tensor ${n + 1} is a single number: its first axis must ` +
          'count the samples',
      )
    }
    if (x.shape[0] === tensors[0].shape[0]) continue
    const [first, other] = [tensors[0], x].map(({ shape }) => formatShape(shape))
    throw new ShapeError(
      `TensorDataset: ${first} and ${other} are ${tensors[0].shape[0]} and ` +
        `${x.shape[0]} samples: all tensors must have the same number of rows`,
    )
  }
  return tensors[0].shape[0]
}
