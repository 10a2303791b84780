import './cpu/install.ts'

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
