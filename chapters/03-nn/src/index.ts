export { Buffer, Parameter } from './parameter.ts'
export type { Member } from './members.ts'
export type { RecurseOption } from './module-tree.ts'
export type { ForwardHook, ForwardPreHook, HookOptions } from './hooks.ts'
export { StateDictError } from './errors.ts'
export type { LoadResult, StateDict } from './state-dict.ts'
export { Module } from './module.ts'
export { type Layer, Sequential } from './sequential.ts'
export { ModuleList } from './module-list.ts'
export { ModuleDict } from './module-dict.ts'
export * as functional from './functional/index.ts'
export * as init from './init/index.ts'
export { type BiasOption, Linear } from './linear.ts'
export { ELU, LeakyReLU, PReLU, type PReLUOptions, ReLU } from './rectifiers.ts'
export {
  GELU,
  LogSoftmax,
  Sigmoid,
  SiLU,
  Softmax,
  Softplus,
  Tanh,
} from './activations.ts'
export { Flatten, type FlattenOptions, Identity, Unflatten } from './reshaping.ts'
export { Dropout } from './dropout.ts'
export { type Observe, standardize } from './functional/standardize.ts'
export {
  LayerNorm,
  type LayerNormOptions,
  RMSNorm,
  type RMSNormOptions,
} from './normalization.ts'
export { Bilinear } from './bilinear.ts'
export { Embedding } from './embedding.ts'
export {
  type AttendOptions,
  MultiheadAttention,
  type MultiheadAttentionOptions,
} from './attention.ts'
export type { RecurrentOptions } from './recurrent/recurrent.ts'
export { RNN, type RNNOptions } from './recurrent/rnn.ts'
export { LSTM } from './recurrent/lstm.ts'
export { GRU } from './recurrent/gru.ts'
export * from './losses/index.ts'
export { type Model, type SummaryOptions, summary } from './summary.ts'
