export { plainWindows } from './cpu/install.ts'
export type { PerAxis, Window, WindowAxis, WindowOptions } from './window.ts'
export { type Images, type NaiveConvOptions, naiveConv2d } from './naive.ts'
export * as functional from './functional/index.ts'
export { Conv1d, Conv2d, Conv3d, type ConvLayerOptions } from './conv.ts'
export {
  ConvTranspose1d,
  ConvTranspose2d,
  type ConvTransposeLayerOptions,
} from './conv-transpose.ts'
export { Fold, Unfold } from './unfold.ts'
export { MaxPool1d, MaxPool2d } from './max-pooling.ts'
export { AvgPool1d, AvgPool2d } from './avg-pooling.ts'
export {
  AdaptiveAvgPool1d,
  AdaptiveAvgPool2d,
  AdaptiveMaxPool1d,
  AdaptiveMaxPool2d,
} from './adaptive-pooling.ts'
export { PixelShuffle, PixelUnshuffle, Upsample } from './resampling.ts'
export type { RunningNormOptions } from './running-norm.ts'
export { BatchNorm1d, BatchNorm2d, type BatchNormLayerOptions } from './batch-norm.ts'
export { GroupNorm, type GroupNormOptions } from './group-norm.ts'
export {
  InstanceNorm1d,
  InstanceNorm2d,
  type InstanceNormLayerOptions,
} from './instance-norm.ts'
export { Dropout1d, Dropout2d } from './dropout.ts'
