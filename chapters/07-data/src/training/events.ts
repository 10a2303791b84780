import type { EpochRecord } from './history.ts'

/** Training is about to begin, or to go on. */
export interface BeginEvent {
  readonly type: 'begin'
  readonly epochs: number
  /** How often the optimizer has stepped before, where a checkpoint goes on. */
  readonly step: number
}

/** A batch was learned from. */
export interface StepEvent {
  readonly type: 'step'
  /** Counted from 1, as are batches and steps. */
  readonly epoch: number
  readonly epochs: number
  readonly batch: number
  /** How many batches the epoch has, where that is known. */
  readonly batches: number | undefined
  /** How often the optimizer has stepped, through all epochs. */
  readonly step: number
  /** The loss of the last batch that was read: on a GPU, of a few batches ago. */
  readonly loss: number
  /** The mean loss of the epoch's samples so far. */
  readonly meanLoss: number
}

/** An epoch is over, and validated. */
export interface EpochEvent extends EpochRecord {
  readonly type: 'epoch'
  readonly epochs: number
}

/** All that it takes to go on from here was written to the checkpoint's file. */
export interface CheckpointEvent {
  readonly type: 'checkpoint'
  readonly epoch: number
  readonly step: number
}

/** Training is over: all epochs, or more do not help, or someone stopped it. */
export interface EndEvent {
  readonly type: 'end'
  readonly step: number
  /** Whether someone stopped it, and whether that was by Ctrl-C. */
  readonly stopped: boolean
  readonly interrupted: boolean
}

/** What happens in training, in plain objects that can be posted to another thread. */
export type TrainingEvent =
  | BeginEvent
  | StepEvent
  | EpochEvent
  | CheckpointEvent
  | EndEvent

/** Hears of what happens; the answer 'stop', at once or later, ends the training. */
export type Callback = (event: TrainingEvent) => unknown
