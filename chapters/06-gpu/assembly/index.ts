export * from './memory'
export * from './arrange'
export * from './pack'
export * from './panels'
export * from './dots'
export { finish, help, offer, work } from './threads'
export {
  abs,
  ceil,
  floor,
  neg,
  reciprocal,
  relu,
  round,
  rsqrt,
  sqrt,
  trunc,
} from './instructions'
export { exp, expm1, sigmoid, tanh } from './exp'
export { log, log1p } from './log'
export { erf } from './erf'
export { cos, sin } from './trigonometry'
export {
  add,
  div,
  maximum,
  minimum,
  mul,
  reluGradient,
  sub,
} from './arithmetic'
export * from './comparison'
export { where } from './where'
export { logSoftmax, softmax } from './softmax'
export { logSoftmaxGradient, softmaxGradient } from './softmax-gradient'
export { crossEntropy, crossEntropyGradient } from './cross-entropy'
export { standardize, standardizeGradient } from './standardize'
export { gather, scatterAdd } from './pick'
export { maxColumns, maxRows, minColumns, minRows } from './choice'
export * from './reduce'
export * from './windows'
export * from './steps'
export { batchNorm, batchNormGradient } from './batch-norm'
export { largestInWindows } from './pool'
