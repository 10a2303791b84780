import type { Generator } from '@deepdive/tensor'
import type { RawDecoder } from '../images/raw-image.ts'

/** A value, or the promise of one. */
export type Awaitable<Value> = Value | Promise<Value>

/** What a loader hands over along with the index of a sample. */
export interface LoadOptions {
  /**
   * Where this sample's random numbers come from. A loader makes a generator for each
   * sample in each epoch: the same seed gives the same data, whatever is loaded first.
   */
  readonly generator?: Generator
  /** What decodes images: workers, where the loader has some. */
  readonly decoder?: RawDecoder
}

/** Makes another sample of one; `options` may be handed on to `rand`, say. */
export type Change<Sample, Changed> = (
  sample: Sample,
  options: LoadOptions,
) => Awaitable<Changed>
