import type { Tensor } from '@deepdive/autograd'
import type { NumericArray } from '@deepdive/tensor'

/** What samples become in a batch: see `collate`. */
export type Collated<Sample> = Sample extends Tensor | NumericArray | number | boolean
  ? Tensor
  : Sample extends string
    ? string[]
    : Sample extends object
      ? { -readonly [Key in keyof Sample]: Collated<Sample[Key]> }
      : never
