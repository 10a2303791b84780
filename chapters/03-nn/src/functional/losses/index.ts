export type { LossOptions, Reduction } from './reduction.ts'
export {
  type HuberLossOptions,
  huberLoss,
  l1Loss,
  mseLoss,
  type SmoothL1LossOptions,
  smoothL1Loss,
} from './regression.ts'
export {
  type CrossEntropyOptions,
  crossEntropy,
  type NLLLossOptions,
  nllLoss,
} from './cross-entropy.ts'
export {
  type BCELossOptions,
  type BCEWithLogitsLossOptions,
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
} from './binary-cross-entropy.ts'
export { type KLDivLossOptions, klDiv } from './kl-div.ts'
export {
  type CosineEmbeddingLossOptions,
  cosineEmbeddingLoss,
} from './cosine-embedding.ts'
