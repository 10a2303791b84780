import { noGrad, randn, type Tensor } from '@deepdive/autograd'
import { checkWhole, optionsOf } from '@deepdive/tensor'
import { checkPadding, embedding, type PaddingIndex } from './functional/embedding.ts'
import { Module } from './module.ts'
import { Parameter } from './parameter.ts'

/**
 * A table of `numEmbeddings` rows that are learned, looked up by index: indices [...]
 * give [..., embeddingDim]. The rows start normally distributed, but that of
 * `paddingIdx`, if given, is zero and learns nothing.
 *
 * @throws DTypeError where the indices are not int32.
 * @throws IndexError where an index names no row.
 * @throws ValueError where a size is no whole number, or `paddingIdx` names no row.
 * @example
 * const words = new Embedding(10, 3, { paddingIdx: 0 })
 * words.forward(tensor([[0, 5], [2, 0]], { dtype: 'int32' })).shape // → [2, 2, 3]
 * words.weight.select(0, 0).detach() // → tensor([0., 0., 0.])
 */
export class Embedding extends Module {
  readonly numEmbeddings: number
  readonly embeddingDim: number
  readonly paddingIdx: number | null
  weight: Parameter

  constructor(numEmbeddings: number, embeddingDim: number, options: PaddingIndex = {}) {
    super()
    const { paddingIdx = null } = optionsOf('Embedding', options)
    checkWhole('Embedding', { numEmbeddings, embeddingDim })
    this.numEmbeddings = numEmbeddings
    this.embeddingDim = embeddingDim
    this.paddingIdx = paddingIdx
    this.weight = new Parameter(randn([numEmbeddings, embeddingDim]))
    if (paddingIdx !== null) this.#clear(paddingIdx)
  }

  #clear(row: number): void {
    checkPadding('Embedding', row, this.numEmbeddings)
    noGrad(() => this.weight.select(0, row).zero_())
  }

  forward(indices: Tensor): Tensor {
    return embedding(indices, this.weight, { paddingIdx: this.paddingIdx })
  }

  override extraRepr(): string {
    const padding = this.paddingIdx === null ? '' : `, paddingIdx=${this.paddingIdx}`
    return `${this.numEmbeddings} × ${this.embeddingDim}${padding}`
  }
}
