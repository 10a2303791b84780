import { checkTensor, Tensor } from '@deepdive/autograd'

/**
 * A tensor that a module learns: assigned to a module's property it is one of the
 * module's parameters, and it requires a gradient.
 *
 * @throws ValueError for what is no tensor.
 * @example
 * new Parameter(tensor([1, 2])) // → tensor([1., 2.], requiresGrad=true)
 */
export class Parameter extends Tensor {
  /**
   * There for the type checker alone: TypeScript compares classes by what they have,
   * and would let any tensor, which no module learns, take a parameter's place.
   */
  declare protected readonly isParameter: true

  constructor(data: Tensor, requiresGrad = true) {
    checkTensor('Parameter', 'data', data)
    super(data.array, requiresGrad)
    this.array.storage.keep()
  }
}

/**
 * A tensor that a module keeps without learning it, such as running statistics: it is
 * saved and moved with the parameters, unless `persistent` is false.
 *
 * @throws ValueError for what is no tensor.
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
    checkTensor('Buffer', 'data', data)
    super(data.array)
    this.array.storage.keep()
    this.persistent = persistent
  }
}
