import { checkTensor, Tensor } from '@deepdive/autograd'
import {
  checkCount,
  DTypeError,
  formatShape,
  getDefaultDevice,
  NDArray,
  optionsOf,
  ShapeError,
} from '@deepdive/tensor'
import { checkIndex } from '../../datasets/check-index.ts'
import { Dataset } from '../../datasets/dataset.ts'

export interface TextWindowsOptions {
  /** How far after one stretch the next begins. Default: 1. */
  readonly stride?: number
}

/**
 * Stretches of `size` numbers from a long sequence, each with what follows it: the same
 * stretch one place on. A model that shall write text learns to tell each number from
 * those before it.
 *
 * @throws ShapeError where the sequence is no list, or too short.
 * @example
 * const letters = Characters.of('abcd')
 * const windows = new TextWindows(letters.encode('abcda'), 3)
 * windows.length // → 2
 * windows.get(1) // → [tensor([1, 2, 3]), tensor([2, 3, 0])]
 */
export class TextWindows extends Dataset<[input: Tensor, target: Tensor]> {
  readonly length: number
  readonly #values: Int32Array
  readonly #size: number
  readonly #stride: number

  constructor(sequence: Tensor, size: number, options: TextWindowsOptions = {}) {
    super()
    const { stride = 1 } = optionsOf('TextWindows', options)
    checkCount('TextWindows', { size, stride })
    checkSequence(sequence, size)
    this.#values = Int32Array.from(sequence.toTypedArray())
    this.#size = size
    this.#stride = stride
    this.length = Math.floor((this.#values.length - size - 1) / stride) + 1
  }

  get(index: number): [Tensor, Tensor] {
    const [inputs, targets] = this.getBatch([index])
    return [inputs.select(0, 0), targets.select(0, 0)]
  }

  override getBatch(indices: readonly number[]): [Tensor, Tensor] {
    for (const index of indices) checkIndex('TextWindows', index, this.length)
    return [this.#stretches(indices, 0), this.#stretches(indices, 1)]
  }

  #stretches(indices: readonly number[], shift: number): Tensor {
    const size = this.#size
    const values = new Int32Array(indices.length * size)
    for (const [n, index] of indices.entries()) {
      const start = index * this.#stride + shift
      values.set(this.#values.subarray(start, start + size), n * size)
    }
    return new Tensor(NDArray.from(values, [indices.length, size], getDefaultDevice()))
  }
}

function checkSequence(sequence: Tensor, size: number): void {
  checkTensor('TextWindows', 'the sequence', sequence)
  if (sequence.dtype !== 'int32') {
    throw new DTypeError(
      `TextWindows: the sequence is ${sequence.dtype}: it must be int32, as ` +
        'Characters.encode() gives it',
    )
  }
  if (sequence.ndim === 1 && sequence.numel() > size) return
  throw new ShapeError(
    `TextWindows: a sequence of ${formatShape(sequence.shape)} has no stretch of ` +
      `${size} numbers and one more: it must be a longer list`,
  )
}
