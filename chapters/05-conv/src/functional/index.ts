export { type ConvOptions, conv1d, conv2d, conv3d } from './conv.ts'
