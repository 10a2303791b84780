import { type LRScheduler, OneCycleLR, ReduceLROnPlateau } from '@deepdive/optim'
import { ValueError } from '@deepdive/tensor'

export interface PaceOptions {
  /** How the learning rate changes. */
  readonly schedule?: LRScheduler | ReduceLROnPlateau
  /** How often the schedule steps. Default: 'step' for OneCycleLR, else 'epoch'. */
  readonly scheduleEvery?: 'step' | 'epoch'
}

/** Steps a schedule as often as it counts. */
export class Pace {
  readonly #schedule: PaceOptions['schedule']
  readonly #everyStep: boolean

  constructor({ schedule, scheduleEvery }: PaceOptions) {
    this.#schedule = schedule
    const usual = schedule instanceof OneCycleLR ? 'step' : 'epoch'
    this.#everyStep = (scheduleEvery ?? usual) === 'step'
    checkPace(schedule, this.#everyStep)
  }

  /** After each step of the optimizer. */
  afterStep(): void {
    if (!this.#everyStep || this.#schedule instanceof ReduceLROnPlateau) return
    this.#schedule?.step()
  }

  /** After each epoch, with the metric that is watched. */
  afterEpoch(metric: number): void {
    if (this.#schedule instanceof ReduceLROnPlateau) this.#schedule.step(metric)
    else if (!this.#everyStep) this.#schedule?.step()
  }
}

function checkPace(schedule: PaceOptions['schedule'], everyStep: boolean): void {
  if (!(everyStep && schedule instanceof ReduceLROnPlateau)) return
  throw new ValueError(
    "fit: scheduleEvery is 'step': ReduceLROnPlateau looks at what an epoch came to, so " +
      "that it must be 'epoch'",
  )
}
