import { noGrad, type Tensor } from '@deepdive/autograd'
import { clipGradNorm_, clipGradValue_, type Optimizer } from '@deepdive/optim'
import type { Passed } from './forward-pass.ts'
import type { Pace } from './pace.ts'

export interface LearnerOptions {
  readonly optimizer: Optimizer
  /**
   * From how many batches to add up gradients for one step, as if they had come in one:
   * the loss is taken for a mean over samples. Default: 1.
   */
  readonly accumulate?: number
  /** The greatest norm that all gradients together may have. Default: any. */
  readonly clipGradNorm?: number
  /** The greatest element that a gradient may have. Default: any. */
  readonly clipGradValue?: number
}

/** Takes parameters down the slope of a loss, by one batch or by several together. */
export class Learner<Batch, Output, Target> {
  /** How often the optimizer has stepped. */
  steps = 0
  readonly #forward: (batch: Batch) => Passed<Output, Target>
  readonly #options: LearnerOptions
  readonly #pace: Pace
  /** Batches and samples whose gradients wait for a step. */
  #waiting = { batches: 0, samples: 0 }

  constructor(
    forward: (batch: Batch) => Passed<Output, Target>,
    options: LearnerOptions,
    pace: Pace,
  ) {
    this.#forward = forward
    this.#options = options
    this.#pace = pace
  }

  /** Whether no gradients wait for a step. */
  get isIdle(): boolean {
    return this.#waiting.batches === 0
  }

  /** The step that all training is made of: zeroGrad, forward, backward, step. */
  learn(batch: Batch): Passed<Output, Target> {
    const { optimizer, accumulate = 1 } = this.#options
    if (this.#waiting.batches === 0) optimizer.zeroGrad()
    const passed = this.#forward(batch)
    if (accumulate === 1) passed.loss.backward()
    // Batches count by their samples, as if all had come in one.
    else passed.loss.mul(passed.samples).backward()
    this.#waiting.batches++
    this.#waiting.samples += passed.samples
    if (this.#waiting.batches === accumulate) this.step()
    return passed
  }

  /** Steps by the gradients of the batches that wait, if any do. */
  step(): void {
    const { batches, samples } = this.#waiting
    if (batches === 0) return
    const { optimizer, accumulate = 1 } = this.#options
    const parameters = optimizer.paramGroups.flatMap(({ params }) => params)
    if (accumulate > 1) divideGradients(parameters, samples)
    this.#clip(parameters)
    optimizer.step()
    this.#pace.afterStep()
    this.steps++
    this.#waiting = { batches: 0, samples: 0 }
  }

  #clip(parameters: readonly Tensor[]): void {
    const { clipGradNorm, clipGradValue } = this.#options
    if (clipGradNorm !== undefined) clipGradNorm_(parameters, clipGradNorm)
    if (clipGradValue !== undefined) clipGradValue_(parameters, clipGradValue)
  }
}

function divideGradients(parameters: readonly Tensor[], by: number): void {
  noGrad(() => {
    for (const { grad } of parameters) grad?.div_(by)
  })
}
