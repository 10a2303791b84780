import {
  checkList,
  checkWord,
  type Dims,
  formatShape,
  Indexing,
  type KeepDim,
  normalizeDim,
  type Shape,
  ShapeError,
  ValueError,
  type VarianceOptions,
} from '@deepdive/tensor'
import { countNonzero, powerNorm } from './ops/norm.ts'
import { logSoftmax, logSumExp, softmax } from './ops/softmax.ts'
import { softplus } from './ops/softplus.ts'
import type { Tensor } from './tensor.ts'

/**
 * Functions in terms of others, whose gradients follow, and those with a short rule.
 */
export abstract class Functions extends Indexing<Tensor> {
  /**
   * e^xᵢ / Σ e^xⱼ along `dim`: positive numbers that add up to 1.
   *
   * @example
   * tensor([0, 0]).softmax(0) // → tensor([0.5000, 0.5000])
   */
  softmax(this: Tensor, dim: number): Tensor {
    return this.apply(softmax(axisOf('softmax', this, dim)))
  }

  /**
   * ln softmax(x), without the detour over an e^x that could underflow.
   *
   * @example
   * tensor([1000, 0]).logSoftmax(0) // → tensor([    0., -1000.])
   */
  logSoftmax(this: Tensor, dim: number): Tensor {
    return this.apply(logSoftmax(axisOf('logSoftmax', this, dim)))
  }

  /**
   * ln Σ e^x along `dim`, shifted by the maximum so that no e^x overflows.
   *
   * @example
   * tensor([1000, 1000]).logSumExp(0) // → tensor(1000.6932)
   */
  logSumExp(this: Tensor, dim: number, { keepdim = false }: KeepDim = {}): Tensor {
    const kept = this.apply(logSumExp(axisOf('logSumExp', this, dim)))
    return keepdim ? kept : kept.squeeze(dim)
  }

  /**
   * x · Φ(x), with Φ the normal distribution function; `approximate: 'tanh'` is
   * x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))) (Hendrycks & Gimpel 2016).
   *
   * @example
   * tensor([-1, 0, 1]).gelu() // → tensor([-0.1587,  0.0000,  0.8413])
   */
  gelu(
    this: Tensor,
    { approximate = 'none' }: { readonly approximate?: 'none' | 'tanh' } = {},
  ): Tensor {
    checkWord('gelu', 'approximate', approximate, ['none', 'tanh'])
    const gate =
      approximate === 'none'
        ? this.mul(Math.SQRT1_2).erf()
        : this.add(this.pow(3).mul(0.044715))
            .mul(Math.sqrt(2 / Math.PI))
            .tanh()
    return this.mul(0.5).mul(gate.add(1))
  }

  /**
   * x · σ(x), also called swish.
   *
   * @example
   * tensor([0, 1]).silu() // → tensor([0.0000, 0.7311])
   */
  silu(this: Tensor): Tensor {
    return this.mul(this.sigmoid())
  }

  /**
   * ln(1 + e^(β x)) / β, a smooth relu; x itself where β x is above `threshold`.
   *
   * @example
   * tensor([-1000, 0, 10]).softplus() // → tensor([ 0.0000,  0.6931, 10.0000])
   */
  softplus(
    this: Tensor,
    options: { readonly beta?: number; readonly threshold?: number } = {},
  ): Tensor {
    return this.apply(softplus(options.beta ?? 1, options.threshold ?? 20))
  }

  /**
   * (Σ |x|ᵖ)^(1/p) over `dim`; p = ∞ is the largest |x|, p = 0 counts what is not 0.
   *
   * @example
   * tensor([3, 4]).norm() // → tensor(5.)
   */
  norm(this: Tensor, p = 2, dim?: Dims, { keepdim = false }: KeepDim = {}): Tensor {
    if (p === Infinity) return this.abs().amax(dim, { keepdim })
    if (p === -Infinity) return this.abs().amin(dim, { keepdim })
    if (p === 0) return this.apply(countNonzero(dim, keepdim))
    // Powers, and their sums, soon pass 65,504, the largest float16.
    if (this.dtype === 'float16') {
      return this.to('float32').norm(p, dim, { keepdim }).to('float16')
    }
    if (p === 1) return this.abs().sum(dim, { keepdim })
    return this.apply(powerNorm(p, dim, keepdim))
  }

  /**
   * √var; where nothing spreads, 0, and its gradient too.
   *
   * @example
   * tensor([1, 2, 3]).std() // → tensor(1.)
   */
  override std(this: Tensor, dim?: Dims, options?: VarianceOptions): Tensor {
    if (this.dtype === 'float16') {
      return this.to('float32').std(dim, options).to('float16')
    }
    const variance = this.var(dim, options)
    const flat = variance.eq(0)
    return variance.maskedFill(flat, 1).sqrt().maskedFill(flat, 0)
  }

  /**
   * The tensor `repeats[axis]` times along each axis; new axes come in front.
   *
   * @throws ShapeError where there are fewer numbers than axes.
   * @throws ValueError where one is not whole, or negative.
   * @example
   * tensor([1, 2]).repeat([2, 2])
   * // → tensor([[1., 2., 1., 2.],
   * //           [1., 2., 1., 2.]])
   */
  repeat(this: Tensor, repeats: Shape): Tensor {
    checkList('repeat', 'repeats', repeats)
    const added = repeats.length - this.ndim
    if (added < 0) {
      throw new ShapeError(
        `repeat: ${repeats.length} numbers for ${this.ndim} axes: give one for each`,
      )
    }
    if (!repeats.every((times) => Number.isInteger(times) && times >= 0)) {
      throw new ValueError(`repeat: ${formatShape(repeats)} must be whole numbers ≥ 0`)
    }
    const shape = [...new Array<number>(added).fill(1), ...this.shape]
    const spread = shape.flatMap((extent) => [1, extent])
    const copied = shape.flatMap((extent, axis) => [repeats[axis], extent])
    // A copy in any case: repeated once, an expanded view would be the tensor itself.
    return this.reshape(spread)
      .expand(copied)
      .clone()
      .reshape(shape.map((extent, axis) => extent * repeats[axis]))
  }

  /**
   * As `repeat`, but missing numbers in front count as 1.
   *
   * @example
   * tensor([[1, 2]]).tile([2]) // → tensor([[1., 2., 1., 2.]])
   */
  tile(this: Tensor, dims: Shape): Tensor {
    const missing = Math.max(0, this.ndim - dims.length)
    return this.repeat([...new Array<number>(missing).fill(1), ...dims])
  }
}

/** The axis that `dim` names; a single number has one, of size 1. */
function axisOf(op: string, x: Tensor, dim: number): number {
  return normalizeDim(op, dim, Math.max(1, x.ndim))
}
