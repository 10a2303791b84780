import { ValueError } from '@deepdive/tensor'
import type { Optimizer } from '../optimizer.ts'
import { checkOptimizer } from './check-optimizer.ts'
import { LRScheduler, type ScheduleStateDict } from './lr-scheduler.ts'

/**
 * Schedules one after another: from epoch `milestones[n]` on, schedule n + 1 runs,
 * counting from 0; it starts from the rate that it would have alone.
 *
 * @throws ValueError where there is not one milestone between each two schedules.
 * @example
 * const optimizer = new SGD([ones([2], { requiresGrad: true })], { lr: 1 })
 * const warmup = new LinearLR(optimizer, { startFactor: 0.5, totalIters: 2 })
 * const decay = new ExponentialLR(optimizer, 0.5)
 * const schedule = new SequentialLR(optimizer, [warmup, decay], [2])
 * const rates = []
 * for (let t = 0; t < 5; t++, schedule.step()) rates.push(optimizer.paramGroups[0].lr)
 * rates // → [0.5, 0.75, 1, 0.5, 0.25]
 */
export class SequentialLR extends LRScheduler {
  readonly #schedulers: readonly LRScheduler[]
  readonly #milestones: readonly number[]

  constructor(
    optimizer: Optimizer,
    schedulers: readonly LRScheduler[],
    milestones: readonly number[],
  ) {
    checkOptimizer('SequentialLR', optimizer)
    checkFit(optimizer, schedulers, milestones)
    super(optimizer)
    this.#schedulers = schedulers
    this.#milestones = milestones
    this.goTo(0)
  }

  protected apply(epoch: number, stepping: boolean): void {
    const passed = this.#milestones.filter((milestone) => milestone <= epoch)
    const schedule = this.#schedulers[passed.length]
    const start = passed.at(-1) ?? 0
    if (stepping && epoch > start) schedule.step()
    else schedule.goTo(epoch - start)
  }

  override stateDict(): ScheduleStateDict {
    const parts = this.#schedulers.map((schedule) => schedule.stateDict())
    return { ...super.stateDict(), _schedulers: parts }
  }

  override checkStateDict(saved: ScheduleStateDict): void {
    super.checkStateDict(saved)
    const parts = partsOf(saved)
    if (parts.length !== this.#schedulers.length) {
      throw new ValueError(
        `SequentialLR: loadStateDict: it has ${parts.length} schedules, but this one ` +
          `${this.#schedulers.length}`,
      )
    }
    for (const [n, part] of parts.entries()) this.#schedulers[n].checkStateDict(part)
  }

  override loadStateDict(saved: ScheduleStateDict): void {
    super.loadStateDict(saved)
    for (const [n, part] of partsOf(saved).entries()) {
      this.#schedulers[n].loadStateDict(part)
    }
  }
}

/** The states of the parts; PyTorch has those that wait for their turn at epoch −1. */
function partsOf({ _schedulers: parts = [] }: ScheduleStateDict): ScheduleStateDict[] {
  return parts.map((part) =>
    part.last_epoch === -1 ? { ...part, last_epoch: 0 } : part,
  )
}

function checkFit(
  optimizer: Optimizer,
  schedulers: readonly LRScheduler[],
  milestones: readonly number[],
): void {
  if (schedulers.length !== milestones.length + 1) {
    throw new ValueError(
      `SequentialLR: there are ${schedulers.length} schedules and ` +
        `${milestones.length} milestones: give one between each two schedules`,
    )
  }
  for (const [n, milestone] of milestones.entries()) {
    if (Number.isInteger(milestone) && milestone > (milestones[n - 1] ?? 0)) continue
    throw new ValueError(
      `SequentialLR: milestones are ${milestones.join(', ')}: they must be whole ` +
        'numbers that rise from 1 or more',
    )
  }
  const stray = schedulers.findIndex((schedule) => schedule.optimizer !== optimizer)
  if (stray === -1) return
  throw new ValueError(
    `SequentialLR: schedule ${stray} belongs to another optimizer: make all for one`,
  )
}
