import { Tensor } from '@deepdive/autograd'
import { describeValue, formatShape } from '@deepdive/tensor'
import { DataError } from '../datasets/errors.ts'
import { isNumericArray, isRecord } from './alike.ts'

/** Where in which samples collating is. */
export interface Place {
  readonly owner: string
  /** Names the n-th sample of the batch. */
  readonly nameOf: (n: number) => string
  /** Of the part in each sample: '' for the sample itself, or `image`, `boxes[0].x`. */
  readonly path: string
}

/** The error for sample n, which does not go with the one before it. */
export function unlike(a: unknown, b: unknown, n: number, place: Place): DataError {
  return new DataError(
    `${place.owner}: ${partOf(n, place)} is ${describePart(b)}, but ` +
      `${partOf(n - 1, place)} ` +
      `${describePart(a)}: what makes a batch must be alike: change it by map(), ` +
      'leave it out by filter(), or give a collateFn',
  )
}

/** The error for samples of a kind that no tensor can hold. */
export function cannotBatch(part: unknown, place: Place): DataError {
  return new DataError(
    `${place.owner}: ${partOf(0, place)} is ${describePart(part)}, of which no batch ` +
      'can be made: change it by map(), or give a collateFn',
  )
}

/** The error for sample n, with a whole number that is too large for a tensor. */
export function noInt32(element: number, n: number, place: Place): DataError {
  return new DataError(
    `${place.owner}: ${partOf(n, place)} has ${element}, which is no int32: change ` +
      'it by map(), or give a collateFn',
  )
}

/** The part of sample n that is spoken of. */
function partOf(n: number, { path, nameOf }: Place): string {
  return `${path && `${path} of `}${nameOf(n)}`
}

function describePart(part: unknown): string {
  if (part instanceof Tensor) {
    return `a tensor of ${part.dtype} ${formatShape(part.shape)}`
  }
  if (Array.isArray(part)) return `a list of ${part.length}`
  if (isNumericArray(part)) return `${describeValue(part)} of ${part.length}`
  if (isRecord(part)) return `an object of ${Object.keys(part).join(', ') || 'nothing'}`
  return describeValue(part)
}
