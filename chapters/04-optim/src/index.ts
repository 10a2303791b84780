// What all optimizers share

export { Optimizer } from './optimizer.ts'
export type {
  OptimizerOptions,
  OptimizerParameters,
  OptionValue,
  ParamGroup,
  ParamGroupOptions,
  Settings,
} from './settings.ts'
export type { OptimizerStateDict, ParamState, SavedGroup } from './state-dict.ts'

// One rate for all elements

export { SGD, type SGDOptions } from './sgd.ts'
export type { SGDRates } from './sgd-kernel.ts'

// A rate for each element

export { Adagrad, type AdagradOptions } from './adagrad.ts'
export { RMSprop, type RMSpropOptions } from './rmsprop.ts'

// Both momentum and a rate for each element

export { Adam, type AdamOptions } from './adam.ts'
export type { AdamRates } from './adam-kernel.ts'
export { AdamW } from './adamw.ts'

// Regularisation

export {
  type ClipGradNormOptions,
  clipGradNorm,
  clipGradNorm_,
  clipGradValue,
  clipGradValue_,
} from './clip-grad.ts'
export {
  EarlyStopping,
  type EarlyStoppingOptions,
  type EarlyStoppingStateDict,
} from './early-stopping.ts'
export { l1Penalty, l2Penalty } from './penalty.ts'

// What schedules share

export { ClosedFormLR, type LRRule, type LRStep } from './schedules/closed-form.ts'
export { LRScheduler, type ScheduleStateDict } from './schedules/lr-scheduler.ts'

// Schedules that know their way

export { CosineAnnealingLR } from './schedules/cosine-annealing-lr.ts'
export { ExponentialLR } from './schedules/exponential-lr.ts'
export { LambdaLR } from './schedules/lambda-lr.ts'
export { LinearLR, type LinearLROptions } from './schedules/linear-lr.ts'
export { MultiStepLR } from './schedules/multi-step-lr.ts'
export { StepLR } from './schedules/step-lr.ts'

// Schedules made of others, or of more than a rate

export type { CycleOptions } from './schedules/cycle.ts'
export { OneCycleLR, type OneCycleLROptions } from './schedules/one-cycle-lr.ts'
export { SequentialLR } from './schedules/sequential-lr.ts'

// A schedule that looks at what comes out

export type { ReduceLROnPlateauOptions } from './schedules/plateau-options.ts'
export {
  type PlateauStateDict,
  ReduceLROnPlateau,
} from './schedules/reduce-lr-on-plateau.ts'
