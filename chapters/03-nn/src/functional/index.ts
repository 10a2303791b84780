export { bilinear, linear } from './linear.ts'
export {
  type ELUOptions,
  elu,
  type LeakyReLUOptions,
  leakyRelu,
  prelu,
  relu,
} from './rectifiers.ts'
export {
  type GELUOptions,
  gelu,
  logSoftmax,
  type SoftplusOptions,
  sigmoid,
  silu,
  softmax,
  softplus,
  tanh,
} from './activations.ts'
export { type DropoutOptions, dropout } from './dropout.ts'
export { type EpsOption, layerNorm, rmsNorm } from './normalization.ts'
export { embedding, type PaddingIndex } from './embedding.ts'
export { type AttentionOptions, scaledDotProductAttention } from './attention.ts'
export * from './losses/index.ts'
