/** A loss, and metrics by their names; a confusion matrix is one too. */
export interface Scores {
  readonly loss: number
  readonly [metric: string]: number | number[][]
}

/** What an epoch came to. */
export interface EpochRecord {
  /** Counted from 1. */
  readonly epoch: number
  /** How often the optimizer has stepped, through all epochs. */
  readonly step: number
  /** How many batches the epoch had, and how long it took to learn from them. */
  readonly batches: number
  readonly seconds: number
  /** Scores while learning, of a model that changed from batch to batch. */
  readonly train: Scores
  /** Scores after the epoch, on what is not learned from. */
  readonly validation?: Scores
  /** The learning rate of each group of parameters in the last step. */
  readonly lr: readonly number[]
}

/**
 * What all epochs came to, as `fit` returns it.
 *
 * @example
 * const model = new nn.Linear(1, 1)
 * const history = await fit(model, {
 *   train: [[ones([4, 1]), zeros([4, 1])]],
 *   loss: nn.functional.mseLoss,
 *   optimizer: new optim.SGD(model.parameters(), { lr: 0.1 }),
 *   epochs: 3,
 *   progress: false,
 * })
 * history.epochs.map(({ epoch, step }) => [epoch, step]) // → [[1, 1], [2, 2], [3, 3]]
 */
export class History {
  readonly epochs: EpochRecord[] = []
}
