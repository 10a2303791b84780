export {
  BCELoss,
  BCEWithLogitsLoss,
  CrossEntropyLoss,
  NLLLoss,
} from './classification.ts'
export { HuberLoss, L1Loss, MSELoss, SmoothL1Loss } from './regression.ts'
export { CosineEmbeddingLoss, KLDivLoss } from './similarity.ts'
