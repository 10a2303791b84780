// Tensors, how gradients find their way, and the devices that compute

export * from '@deepdive/tensor'
export * from '@deepdive/autograd'
export * from '@deepdive/gpu'

// What makes an array in chapter 1 makes a tensor in chapter 2, and that is meant here

export {
  arange,
  cat,
  eye,
  full,
  linspace,
  multinomial,
  ones,
  rand,
  randint,
  randn,
  randperm,
  stack,
  zeros,
} from '@deepdive/autograd'

// Models, and how they learn

export * as nn from './nn.ts'
export * as optim from '@deepdive/optim'

// What they learn from

export * as data from './data.ts'

// How good they are

export * as metrics from './metrics/index.ts'

// How they learn

export { fit } from './training/fit.ts'
export { training } from './training/training.ts'
export { evaluate } from './training/evaluate.ts'
export type { EvaluateOptions, FitOptions, Trainable } from './training/options.ts'
export type { CheckpointOptions } from './training/checkpoints.ts'
export type { Batches } from './training/batches.ts'
export type { Callback, TrainingEvent } from './training/events.ts'
export {
  type EpochRecord,
  History,
  type PlotOptions,
  type Scores,
} from './training/history.ts'

// Their files, as torch.save and torch.load

export { load } from './files/load.ts'
export { save } from './files/save.ts'
