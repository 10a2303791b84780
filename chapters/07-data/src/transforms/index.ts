export * as functional from './functional/index.ts'
export type { Transform } from './transform.ts'
export {
  type ChannelStatistics,
  channelStatistics,
} from './channel-statistics.ts'
export { type Picture, toTensor } from './to-tensor.ts'
export { compose } from './compose.ts'
export { centerCrop, normalize, resize } from './fixed.ts'
export type { Range } from './range.ts'
export { type RandomCropOptions, randomCrop } from './random-crop.ts'
export { randomHorizontalFlip, randomVerticalFlip } from './random-flip.ts'
export {
  type RandomAffineOptions,
  randomAffine,
  randomRotation,
} from './random-affine.ts'
export { type ColorJitterOptions, colorJitter } from './color-jitter.ts'
export { type RandomErasingOptions, randomErasing } from './random-erasing.ts'
export { oneHot } from './one-hot.ts'
