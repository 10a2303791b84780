import { noGrad, rand, type Tensor } from '@deepdive/autograd'
import { formatShape, type Generator, ShapeError } from '@deepdive/tensor'

export interface InitOptions {
  /** Default: the one that `manualSeed` starts. */
  readonly generator?: Generator
}

/**
 * Fills a tensor with uniform random numbers from a to b.
 *
 * @example
 * init.uniform_(zeros([100]), 2, 3).ge(2).all().item() // → 1
 */
export function uniform_(x: Tensor, a = 0, b = 1, options: InitOptions = {}): Tensor {
  return noGrad(() =>
    x.copy_(
      rand(x.shape, options)
        .mul(b - a)
        .add(a),
    ),
  )
}

/** How many numbers each output of a weight adds up, and each input goes to. */
function fans(x: Tensor): { readonly fanIn: number; readonly fanOut: number } {
  if (x.ndim < 2) {
    throw new ShapeError(
      `init: fan in and fan out need at least 2 axes, not ${formatShape(x.shape)}`,
    )
  }
  const [fanOut, fanIn, ...window] = x.shape
  const field = window.reduce((size, extent) => size * extent, 1)
  return { fanIn: fanIn * field, fanOut: fanOut * field }
}

export interface KaimingOptions extends InitOptions {
  /** The slope of the leaky relu that follows. Default: 0. */
  readonly a?: number
}

/** Uniform in ±√(6 / ((1 + a²) · fan in)) (He et al. 2015). */
export function kaimingUniform_(
  x: Tensor,
  { a = 0, ...options }: KaimingOptions = {},
): Tensor {
  const bound = Math.sqrt(6 / ((1 + a * a) * fans(x).fanIn))
  return uniform_(x, -bound, bound, options)
}
