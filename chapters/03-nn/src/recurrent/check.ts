import type { Tensor } from '@deepdive/autograd'
import {
  formatShape,
  type Shape,
  ShapeError,
  sameShape,
  ValueError,
} from '@deepdive/tensor'
import type { State } from './cell.ts'

/** Refuses sizes of which no layer can be made. */
export function checkSizes(
  kind: string,
  sizes: Readonly<Record<string, number>>,
): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (Number.isInteger(size) && size > 0) continue
    throw new ValueError(`${kind}: ${name} must be a whole number above 0, not ${size}`)
  }
}

/** Refuses what is no sequence, or one of vectors of another width. */
export function checkSequence(
  kind: string,
  x: Tensor,
  inputSize: number,
  timeAxis: number,
): void {
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

/** Refuses initial states of another shape. */
export function checkState(kind: string, state: State, wanted: Shape): void {
  state.forEach(({ shape }, n) => {
    if (sameShape(shape, wanted)) return
    throw new ShapeError(
      `${kind}: the initial state ${'hc'[n]}0 is ${formatShape(shape)}, must be ` +
        `${formatShape(wanted)}: layers · directions, ` +
        `${wanted.length === 3 ? 'batch, ' : ''}hiddenSize`,
    )
  })
}
