import { Tensor } from '@deepdive/autograd'

/**
 * A tensor that a module learns: assigned to a module's property it is one of the
 * module's parameters, and it requires a gradient.
 *
 * @example
 * new Parameter(tensor([1, 2])) // → tensor([1., 2.], requiresGrad=true)
 */
export class Parameter extends Tensor {
  constructor(data: Tensor, requiresGrad = true) {
    super(data.array, requiresGrad)
  }
}

/**
 * A tensor that a module keeps without learning it, such as running statistics: it is
 * saved and moved with the parameters, unless `persistent` is false.
 *
 * @example
 * new Buffer(tensor([0])).requiresGrad // → false
 */
export class Buffer extends Tensor {
  /** Whether state dicts hold it. */
  readonly persistent: boolean

  constructor(
    data: Tensor,
    { persistent = true }: { readonly persistent?: boolean } = {},
  ) {
    super(data.array)
    this.persistent = persistent
  }
}
