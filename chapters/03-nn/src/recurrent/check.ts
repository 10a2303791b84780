import { checkTensor, type Tensor } from '@deepdive/autograd'
import {
  describeValue,
  formatShape,
  type Shape,
  ShapeError,
  sameShape,
  ValueError,
} from '@deepdive/tensor'
import type { State } from './cell.ts'

/** Refuses what is no sequence, or one of vectors of another width. */
export function checkSequence(
  kind: string,
  x: Tensor,
  inputSize: number,
  timeAxis: number,
): void {
  checkTensor(kind, 'input', x)
  const form = timeAxis === 1 ? 'N, L, ' : 'L, N, '
  const wanted = `[${form}${inputSize}], or [L, ${inputSize}] without a batch`
  if (x.ndim < 2 || x.ndim > 3) {
    throw new ShapeError(
      `${kind}: input ${formatShape(x.shape)} has ${x.ndim} axes, must be ${wanted}`,
    )
  }
  if (x.size(-1) !== inputSize) {
    throw new ShapeError(
      `${kind}: the last axis of input ${formatShape(x.shape)} is ${x.size(-1)}, ` +
        `inputSize is ${inputSize}: must be ${wanted}`,
    )
  }
  if (x.size(x.ndim === 2 ? 0 : timeAxis) === 0) {
    throw new ShapeError(`${kind}: input ${formatShape(x.shape)} has no time step`)
  }
}

/** Refuses what is no pair of states, as PyTorch's LSTM takes them. */
export function checkPair(kind: string, state: unknown): void {
  if (Array.isArray(state) && state.length === 2) return
  const found = Array.isArray(state)
    ? `a list of ${state.length}`
    : describeValue(state)
  throw new ValueError(
    `${kind}: the initial state must be a pair, [h0, c0], not ${found}`,
  )
}

/** Refuses initial states of another shape. */
export function checkState(kind: string, state: State, wanted: Shape): void {
  state.forEach((part, n) => {
    const name = `${'hc'[n]}0`
    checkTensor(kind, name, part)
    if (sameShape(part.shape, wanted)) return
    throw new ShapeError(
      `${kind}: the initial state ${name} is ${formatShape(part.shape)}, must be ` +
        `${formatShape(wanted)}: layers · directions, ` +
        `${wanted.length === 3 ? 'batch, ' : ''}hiddenSize`,
    )
  })
}
