import type { Tensor } from '@deepdive/autograd'
import type { Module } from '@deepdive/nn'
import type { EarlyStopping } from '@deepdive/optim'
import type { Device } from '@deepdive/tensor'
import type { Batches, Split } from './batches.ts'
import type { CheckpointOptions } from './checkpoints.ts'
import type { Callback } from './events.ts'
import type { LearnerOptions } from './learner.ts'
import type { PaceOptions } from './pace.ts'

/** A model of tensors; what it makes of them is what the loss takes. */
export interface Trainable<Output> extends Module {
  forward(...inputs: Tensor[]): Output
}

/** How far outputs are from what they should be. */
export type LossFunction<Output, Target> = (output: Output, target: Target) => Tensor

/** The same as a layer, such as CrossEntropyLoss. */
export interface LossLayer<Output, Target> {
  forward(output: Output, target: Target): Tensor
}

/** What `fit` needs of a metric. */
export interface MetricOf<Output, Target> {
  readonly unit?: '%'
  update(output: Output, target: Target): void
  compute(): Promise<number | number[][]>
  reset(): void
}

export type Metrics<Output, Target> = Readonly<Record<string, MetricOf<Output, Target>>>

/** What evaluating and training have in common. */
export interface EvaluateOptions<Batch, Output, Target> {
  /** What to make small: a function as F.crossEntropy, or a layer. */
  readonly loss: LossFunction<Output, Target> | LossLayer<Output, Target>
  /** What else to measure, by names of your own. */
  readonly metrics?: Metrics<Output, Target>
  /** Which part of a batch is what. Default: a batch is a pair [inputs, target]. */
  readonly split?: (batch: Batch) => Split<Target>
  /** Where to compute. Default: where the model is. */
  readonly device?: Device
}

export interface FitOptions<Batch, Output, Target>
  extends EvaluateOptions<Batch, Output, Target>,
    LearnerOptions,
    PaceOptions {
  readonly train: Batches<Batch>
  /** What to measure the model on after each epoch. */
  readonly validation?: Batches<Batch>
  /** How often to go through `train`. */
  readonly epochs: number
  /** When to stop before the last epoch, by what `monitor` names. */
  readonly earlyStopping?: EarlyStopping
  /**
   * What `earlyStopping` and ReduceLROnPlateau look at: 'loss' or a metric's name, of the
   * validation if there is one. Default: 'loss'.
   */
  readonly monitor?: string
  /** Where to write all that it takes to go on later. Default: nowhere. */
  readonly checkpoint?: CheckpointOptions
  /** Who hears of each step and epoch, and may answer 'stop'. */
  readonly callbacks?: readonly Callback[]
  /** Whether to show how it goes. Default: true. */
  readonly progress?: boolean
}
