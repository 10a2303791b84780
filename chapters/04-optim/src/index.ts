export { Adagrad, type AdagradOptions } from './adagrad.ts'
export { Adam, type AdamOptions } from './adam.ts'
export { AdamW } from './adamw.ts'
export { Optimizer } from './optimizer.ts'
export { RMSprop, type RMSpropOptions } from './rmsprop.ts'
export type {
  OptimizerOptions,
  OptimizerParameters,
  ParamGroup,
  ParamGroupOptions,
  Settings,
} from './settings.ts'
export { SGD, type SGDOptions } from './sgd.ts'
export type { OptimizerStateDict, ParamState, SavedGroup } from './state-dict.ts'
