export { AnomalyError, GradcheckError, GraphError } from './errors.ts'
export type { Gradient, GradientRule, Made, Op } from './op.ts'
export { Node } from './node.ts'
export { type GradientHook, Tensor } from './tensor.ts'
export { checkTensor } from './check-tensor.ts'
export {
  arange,
  eye,
  full,
  linspace,
  ones,
  onesLike,
  type TensorOptions,
  tensor,
  zeros,
  zerosLike,
} from './create.ts'
export {
  multinomial,
  type RandomTensorOptions,
  rand,
  randint,
  randn,
  randperm,
} from './random.ts'
export { cat, stack, where } from './join.ts'
export { type PadOptions, pad } from './pad.ts'
export { einsum } from './einsum.ts'
export { backwardByRecursion } from './textbook.ts'
export type { BackwardOptions } from './propagate.ts'
export { type GradOptions, grad } from './backward.ts'
export { enableGrad, isGradEnabled, noGrad } from './grad-mode.ts'
export { defineOp } from './define-op.ts'
export { composedGradients } from './composed-gradients.ts'
export { unrecorded } from './one-pass.ts'
export { spread } from './ops/pick.ts'
export { type GradcheckOptions, gradcheck, gradgradcheck } from './gradcheck.ts'
export { detectAnomaly } from './anomaly.ts'
export { toDot } from './dot-graph.ts'
export { type Step, traceOperations } from './trace.ts'
