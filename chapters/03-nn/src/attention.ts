import { type Tensor, zeros } from '@deepdive/autograd'
import {
  checkCount,
  checkShare,
  optionsOf,
  type Shape,
  ValueError,
} from '@deepdive/tensor'
import { checkInputs, lookMask, type MaskOptions } from './attention-inputs.ts'
import { attentionWeights } from './functional/attention.ts'
import { dropout } from './functional/dropout.ts'
import { linear } from './functional/linear.ts'
import { xavierUniform_ } from './init/index.ts'
import { Linear } from './linear.ts'
import { Module } from './module.ts'
import { Parameter } from './parameter.ts'

export interface MultiheadAttentionOptions {
  /** The probability that an attention weight is dropped in training. Default: 0. */
  readonly dropout?: number
  /** Whether biases are added. Default: true. */
  readonly bias?: boolean
  /** The width of the keys. Default: embedDim. */
  readonly kdim?: number
  /** The width of the values. Default: embedDim. */
  readonly vdim?: number
  /** Whether sequences are [N, L, E] instead of [L, N, E]. Default: false. */
  readonly batchFirst?: boolean
}

export interface AttendOptions extends MaskOptions {
  /** Whether the attention weights are returned. Default: true. */
  readonly needWeights?: boolean
  /** Whether they are averaged over the heads. Default: true. */
  readonly averageAttnWeights?: boolean
  /** Whether query i may look at keys 0 … i only, besides any mask. Default: false. */
  readonly isCausal?: boolean
}

/**
 * Attention in several heads side by side: each projects queries, keys and values to
 * embedDim / numHeads dimensions of its own and attends there; what they find is joined
 * and projected once more (Vaswani et al. 2017, section 3.2.2).
 *
 * Sequences are [L, N, E], [N, L, E] with `batchFirst`, or [L, E] without a batch. The
 * result is [output, weights]: the output is shaped as the query, the weights are
 * [N, L, S], or [N, heads, L, S] with `averageAttnWeights: false`, less N without a
 * batch, and null where they are not needed.
 *
 * In masks true means "do not look". A query that may look at no key gives NaN, as in
 * PyTorch. Weights start as Xavier's, biases at 0.
 *
 * @throws ValueError where the heads do not divide embedDim.
 * @throws ShapeError where sizes differ, or a mask does not fit.
 * @example
 * const attention = new MultiheadAttention(8, 2, { batchFirst: true })
 * const x = ones([3, 5, 8])
 * const [output, weights] = attention.forward(x, x, x, { isCausal: true })
 * output.shape // → [3, 5, 8]
 * weights.shape // → [3, 5, 5]
 */
export class MultiheadAttention extends Module {
  readonly embedDim: number
  readonly numHeads: number
  readonly kdim: number
  readonly vdim: number
  readonly dropout: number
  readonly batchFirst: boolean
  /** All three projections, one below the other, where all widths are embedDim. */
  inProjWeight: Parameter | null = null
  qProjWeight: Parameter | null = null
  kProjWeight: Parameter | null = null
  vProjWeight: Parameter | null = null
  inProjBias: Parameter | null
  outProj: Linear

  constructor(
    embedDim: number,
    numHeads: number,
    options: MultiheadAttentionOptions = {},
  ) {
    super()
    const given = optionsOf('MultiheadAttention', options)
    const { dropout = 0, bias = true, kdim = embedDim, vdim = embedDim } = given
    checkCount('MultiheadAttention', { embedDim, numHeads, kdim, vdim })
    checkHeads(embedDim, numHeads)
    checkShare('MultiheadAttention', { dropout })
    this.embedDim = embedDim
    this.numHeads = numHeads
    this.kdim = kdim
    this.vdim = vdim
    this.dropout = dropout
    this.batchFirst = options.batchFirst ?? false
    this.#startProjections()
    this.inProjBias = bias ? new Parameter(zeros([3 * embedDim])) : null
    this.outProj = new Linear(embedDim, embedDim, { bias })
    if (this.outProj.bias) this.outProj.bias = new Parameter(zeros([embedDim]))
  }

  #startProjections(): void {
    const { embedDim, kdim, vdim } = this
    if (kdim === embedDim && vdim === embedDim) {
      this.inProjWeight = projection([3 * embedDim, embedDim])
    } else {
      this.qProjWeight = projection([embedDim, embedDim])
      this.kProjWeight = projection([embedDim, kdim])
      this.vProjWeight = projection([embedDim, vdim])
    }
  }

  forward(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    options: AttendOptions = {},
  ): [output: Tensor, weights: Tensor | null] {
    const sizes = checkInputs(this, query, key, value)
    const { needWeights = true, averageAttnWeights = true, isCausal = false } = options
    const [q, k, v] = this.#project(query, key, value).map((x) => this.#split(x))
    const attnMask = lookMask(this, sizes, options)
    const all = attentionWeights(q, k, { attnMask, isCausal })
    const weights = dropout(all, this.dropout, { training: this.training })
    const output = this.outProj.forward(this.#join(weights.matmul(v), query.shape))
    if (!needWeights) return [output, null]
    const shown = averageAttnWeights ? weights.mean(1) : weights
    return [output, query.ndim === 2 ? shown.squeeze(0) : shown]
  }

  #project(query: Tensor, key: Tensor, value: Tensor): Tensor[] {
    const { inProjWeight, qProjWeight, kProjWeight, vProjWeight, inProjBias } = this
    // To itself: all three in one product.
    if (inProjWeight && query === key && key === value) {
      return linear(query, inProjWeight, inProjBias).chunk(3, -1)
    }
    const weights = inProjWeight
      ? inProjWeight.chunk(3)
      : [qProjWeight, kProjWeight, vProjWeight].filter((weight) => weight !== null)
    const biases = inProjBias?.chunk(3)
    return [query, key, value].map((x, n) => linear(x, weights[n], biases?.[n]))
  }

  /** [L, N, E] as [N, heads, L, E / heads], without a copy. */
  #split(x: Tensor): Tensor {
    const heads = x.unflatten(-1, [this.numHeads, -1])
    if (x.ndim === 2) return heads.unsqueeze(0).transpose(1, 2)
    return this.batchFirst ? heads.transpose(1, 2) : heads.permute([1, 2, 0, 3])
  }

  /** [N, heads, L, E / heads] back at the shape of the query. */
  #join(x: Tensor, shape: Shape): Tensor {
    const rows = this.batchFirst ? x.transpose(1, 2) : x.permute([2, 0, 1, 3])
    return rows.reshape(shape)
  }

  override extraRepr(): string {
    return `${this.embedDim}, ${this.numHeads} heads`
  }
}

function checkHeads(embedDim: number, numHeads: number): void {
  if (embedDim % numHeads === 0) return
  throw new ValueError(
    `MultiheadAttention: ${numHeads} heads do not divide embedDim ${embedDim} ` +
      'into equal parts',
  )
}

function projection(shape: Shape): Parameter {
  const weight = new Parameter(zeros(shape))
  xavierUniform_(weight)
  return weight
}
