export { HuberLoss, L1Loss, MSELoss, SmoothL1Loss } from './regression.ts'
export {
  BCELoss,
  BCEWithLogitsLoss,
  CrossEntropyLoss,
  NLLLoss,
} from './classification.ts'
export { CosineEmbeddingLoss, KLDivLoss } from './similarity.ts'
