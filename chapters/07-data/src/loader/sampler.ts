import { checkKind } from '../datasets/check-kind.ts'

/** Anything whose length is known: a data set, a list. */
export interface Sized {
  readonly length: number
}

/** Refuses what has no length, or one that is a promise. */
export function checkSized(owner: string, source: unknown): void {
  const { length } = Object(source)
  const rule = 'a data set whose length is known, a list, or { length }'
  checkKind(owner, { source }, rule, () => Number.isInteger(length) && length >= 0)
}

/**
 * Says which samples an epoch visits, and in which order. Extend it for an order of
 * your own, and give that to a `DataLoader`.
 */
export abstract class Sampler {
  /** How many samples an epoch has. */
  abstract readonly length: number
  /** What its random numbers start from, if it draws any. */
  seed?: number

  /**
   * The indices of an epoch, counted from 0: the same each time that it is asked for.
   *
   * @example
   * [...new SequentialSampler({ length: 3 }).order(0)] // → [0, 1, 2]
   */
  abstract order(epoch: number): Iterable<number>
}

/**
 * All samples, from the first to the last.
 *
 * @example
 * [...new SequentialSampler(['a', 'b', 'c']).order(0)] // → [0, 1, 2]
 */
export class SequentialSampler extends Sampler {
  readonly length: number

  constructor(source: Sized) {
    super()
    checkSized('SequentialSampler', source)
    this.length = source.length
  }

  *order(): Iterable<number> {
    for (let index = 0; index < this.length; index++) yield index
  }
}
