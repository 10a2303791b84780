export { type ConvOptions, conv1d, conv2d, conv3d } from './conv.ts'
export {
  type ConvTransposeOptions,
  convTranspose1d,
  convTranspose2d,
} from './conv-transpose.ts'
export { fold, unfold } from './unfold.ts'
export type { PoolOptions } from './pool-window.ts'
export {
  type IndicesOption,
  type MaxPoolOptions,
  maxPool1d,
  maxPool2d,
  type Pooled,
} from './max-pool.ts'
export {
  type AvgPool2dOptions,
  type AvgPoolOptions,
  avgPool1d,
  avgPool2d,
} from './avg-pool.ts'
export type { OutputSize } from './adaptive-parts.ts'
export {
  adaptiveAvgPool1d,
  adaptiveAvgPool2d,
  adaptiveMaxPool1d,
  adaptiveMaxPool2d,
} from './adaptive-pool.ts'
export {
  type InterpolateMode,
  type InterpolateOptions,
  interpolate,
} from './interpolate.ts'
export { pixelShuffle, pixelUnshuffle } from './pixel-shuffle.ts'
export type { RunningOptions } from './normalize.ts'
export { type BatchNormOptions, batchNorm } from './batch-norm.ts'
export { groupNorm } from './group-norm.ts'
export { type InstanceNormOptions, instanceNorm } from './instance-norm.ts'
export { dropout1d, dropout2d } from './dropout.ts'
