export { type ConvOptions, conv1d, conv2d, conv3d } from './conv.ts'
export {
  type ConvTransposeOptions,
  convTranspose1d,
  convTranspose2d,
} from './conv-transpose.ts'
export { fold, unfold } from './unfold.ts'
