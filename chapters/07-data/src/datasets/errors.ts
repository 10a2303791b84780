import { DeepDiveError } from '@deepdive/tensor'

/**
 * Data that cannot be had, or not be made sense of: it names the sample or the file.
 *
 * @example
 * const words = Dataset.from(['a', null])
 * const batches = new DataLoader(words, { batchSize: 2 })[Symbol.asyncIterator]()
 * await batches.next()
 * // throws DataError: DataLoader: sample 1 is null, but sample 0 the string 'a'
 */
export class DataError extends DeepDiveError {
  override readonly name: string = 'DataError'
  /** What went wrong underneath, if anything did. */
  override readonly cause: unknown

  constructor(message: string, cause?: unknown) {
    super(message)
    this.cause = cause
  }
}

/** What an error says, for a message that says where it happened. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
