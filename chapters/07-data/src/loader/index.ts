export { Sampler, SequentialSampler, type Sized } from './sampler.ts'
export { RandomSampler, type RandomSamplerOptions } from './random-sampler.ts'
export {
  WeightedRandomSampler,
  type WeightedRandomSamplerOptions,
} from './weighted-random-sampler.ts'
export {
  DistributedSampler,
  type DistributedSamplerOptions,
} from './distributed-sampler.ts'
export { BatchSampler, type BatchSamplerOptions } from './batch-sampler.ts'
export type { Collated } from './collated.ts'
export { collate } from './collate.ts'
export type { DataLoaderOptions } from './options.ts'
export { DataLoader, type DataLoaderStateDict } from './data-loader.ts'
