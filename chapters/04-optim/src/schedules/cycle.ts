import { checkCount, checkShare, checkWord, ValueError } from '@deepdive/tensor'

export interface CycleOptions {
  /** How many steps the cycle has. Default: epochs · stepsPerEpoch. */
  readonly totalSteps?: number
  readonly epochs?: number
  readonly stepsPerEpoch?: number
  /** The share of the steps that lead up. Default: 0.3. */
  readonly pctStart?: number
  /** By half a cosine wave, or by a straight line. Default: 'cos'. */
  readonly annealStrategy?: 'cos' | 'linear'
  /** Down to the first rate as fast as up, and then to the last. Default: false. */
  readonly threePhase?: boolean
}

/** Where one phase of the cycle ends and the next begins. */
export interface Corner {
  readonly step: number
  readonly lr: 'first' | 'max' | 'last'
  readonly momentum: 'base' | 'max'
}

/** The value at a step, between those that it has at the corners. */
export type Cycle = (step: number, valueAtCorner: (corner: Corner) => number) => number

/** How far a value is on its way from 1 to 0. */
const anneals: Readonly<Record<string, (progress: number) => number>> = {
  cos: (progress) => (1 + Math.cos(Math.PI * progress)) / 2,
  linear: (progress) => 1 - progress,
}

/** The phases of OneCycleLR, for its rate and its momentum alike. */
export function makeCycle(options: CycleOptions): Cycle {
  const { annealStrategy = 'cos' } = options
  checkWord('OneCycleLR', 'annealStrategy', annealStrategy, Object.keys(anneals))
  const total = totalSteps(options)
  const corners = cornersOf(total, options)
  return (step, valueAtCorner) => {
    checkWithin(step, total)
    const end = corners.findIndex((corner, n) => n > 0 && step <= corner.step)
    const [from, to] = end < 0 ? corners.slice(-2) : corners.slice(end - 1, end + 1)
    const rest = anneals[annealStrategy](progressBetween(from.step, to.step, step))
    return valueAtCorner(to) + (valueAtCorner(from) - valueAtCorner(to)) * rest
  }
}

function totalSteps({ totalSteps, epochs, stepsPerEpoch }: CycleOptions): number {
  if (totalSteps !== undefined) {
    checkCount('OneCycleLR', { totalSteps })
    return totalSteps
  }
  if (epochs === undefined || stepsPerEpoch === undefined) {
    throw new ValueError(
      'OneCycleLR: its length is not said: pass totalSteps, or epochs and ' +
        'stepsPerEpoch',
    )
  }
  checkCount('OneCycleLR', { epochs, stepsPerEpoch })
  return epochs * stepsPerEpoch
}

function cornersOf(
  total: number,
  { pctStart = 0.3, threePhase = false }: CycleOptions,
): Corner[] {
  checkShare('OneCycleLR', { pctStart })
  if (threePhase && pctStart > 0.5) {
    throw new ValueError(
      `OneCycleLR: pctStart is ${pctStart}: three phases need one ≤ 0.5, to come ` +
        'down as fast as up',
    )
  }
  const up = pctStart * total - 1
  const back: Corner = { step: 2 * up, lr: 'first', momentum: 'max' }
  return [
    { step: 0, lr: 'first', momentum: 'max' },
    { step: up, lr: 'max', momentum: 'base' },
    ...(threePhase ? [back] : []),
    { step: total - 1, lr: 'last', momentum: 'max' },
  ]
}

/** After n batches comes a step n, which is one too many, and stays at the end. */
function checkWithin(step: number, total: number): void {
  if (step <= total) return
  throw new ValueError(
    `OneCycleLR: step ${step} is beyond its ${total} steps: make the cycle as long ` +
      'as the training',
  )
}

function progressBetween(start: number, end: number, step: number): number {
  return end === start ? 1 : Math.min((step - start) / (end - start), 1)
}
