import { describeValue } from './describe-value.ts'
import { ValueError } from './errors.ts'

/** Options by name, as `{ lr, 'betas[0]': betas[0] }`. */
export type Options = Readonly<Record<string, unknown>>

/**
 * Gives options back, and refuses what is passed by its place, as in PyTorch, where it
 * would be passed over in silence.
 * @example
 * optionsOf('ELU', { alpha: 0.5 }) // → { alpha: 0.5 }
 * optionsOf('ELU', 0.5)
 * // throws ValueError: ELU: options are the number 0.5: they must be an object, as { name:
 */
export function optionsOf<Given extends object>(owner: string, options: Given): Given {
  const isObject = typeof options === 'object' && options !== null
  // What has a shape is an array or a tensor, a weight that PyTorch takes first.
  if (isObject && !Array.isArray(options) && !('shape' in options)) return options
  throw new ValueError(
    `${owner}: options are ${describeValue(options)}: they must be an object, as ` +
      '{ name: value }',
  )
}

/**
 * Refuses an option that there is not, as one that is misspelt; `known` has all by name.
 * @example
 * checkNames('ELU', { alfa: 0.5 }, { alpha: 1 })
 * // throws ValueError: ELU: there is no option alfa: there are alpha
 */
export function checkNames(owner: string, options: object, known: object): void {
  for (const name of Object.keys(options)) {
    if (name in known) continue
    const names = Object.keys(known).join(', ')
    throw new ValueError(`${owner}: there is no option ${name}: there are ${names}`)
  }
}

/**
 * Refuses any option that is not a finite number.
 * @example
 * checkFinite('elu', { alpha: NaN })
 * // throws ValueError: elu: alpha is NaN: it must be a finite number
 */
export function checkFinite(owner: string, options: Options): void {
  checkNumbers(owner, options, 'a finite number', Number.isFinite)
}

/**
 * Refuses any option that is not a finite number ≥ 0.
 * @example
 * checkNotNegative('SGD', { lr: -1 })
 * // throws ValueError: SGD: lr is -1: it must be a finite number ≥ 0
 */
export function checkNotNegative(owner: string, options: Options): void {
  const rule = 'a finite number ≥ 0'
  checkNumbers(owner, options, rule, (value) => Number.isFinite(value) && value >= 0)
}

/**
 * Refuses any option that is not a finite number > 0.
 * @example
 * checkPositive('OneCycleLR', { divFactor: 0 })
 * // throws ValueError: OneCycleLR: divFactor is 0: it must be a finite number > 0
 */
export function checkPositive(owner: string, options: Options): void {
  const rule = 'a finite number > 0'
  checkNumbers(owner, options, rule, (value) => Number.isFinite(value) && value > 0)
}

/**
 * Refuses any option that is not 0, 1, 2, …
 * @example
 * checkWhole('Linear', { inFeatures: 0.5 })
 * // throws ValueError: Linear: inFeatures is 0.5: it must be a whole number ≥ 0
 */
export function checkWhole(owner: string, options: Options): void {
  const rule = 'a whole number ≥ 0'
  checkNumbers(owner, options, rule, (value) => Number.isInteger(value) && value >= 0)
}

/**
 * Refuses any option that does not count something: 1, 2, 3, …
 * @example
 * checkCount('StepLR', { stepSize: 0 })
 * // throws ValueError: StepLR: stepSize is 0: it must be a whole number ≥ 1
 */
export function checkCount(owner: string, options: Options): void {
  const rule = 'a whole number ≥ 1'
  checkNumbers(owner, options, rule, (value) => Number.isInteger(value) && value >= 1)
}

/**
 * Refuses any option that is not a share, or a probability.
 * @example
 * checkShare('Dropout', { p: 1.5 })
 * // throws ValueError: Dropout: p is 1.5: it must be in [0, 1]
 */
export function checkShare(owner: string, options: Options): void {
  checkNumbers(owner, options, 'in [0, 1]', (value) => value >= 0 && value <= 1)
}

/**
 * Refuses any option that is not in [0, 1): how much of an average stays.
 * @example
 * checkDecay('Adam', { 'betas[0]': 1 })
 * // throws ValueError: Adam: betas[0] is 1: it must be in [0, 1)
 */
export function checkDecay(owner: string, options: Options): void {
  checkNumbers(owner, options, 'in [0, 1)', (value) => value >= 0 && value < 1)
}

/**
 * Refuses any option that is no number, or for which a rule does not hold.
 * @example
 * checkNumbers('huberLoss', { delta: 0 }, 'a number > 0', (value) => value > 0)
 * // throws ValueError: huberLoss: delta is 0: it must be a number > 0
 */
export function checkNumbers(
  owner: string,
  options: Options,
  rule: string,
  holds: (value: number) => boolean,
): void {
  for (const [option, value] of Object.entries(options)) {
    if (typeof value === 'number' && holds(value)) continue
    const found = typeof value === 'number' ? String(value) : describeValue(value)
    throw mustBe(owner, option, rule, found)
  }
}

/**
 * Refuses an option that is none of a few words.
 * @example
 * checkWord('gelu', 'approximate', 'foo', ['none', 'tanh'])
 * // throws ValueError: gelu: approximate is 'foo': it must be 'none' or 'tanh'
 */
export function checkWord(
  owner: string,
  option: string,
  value: unknown,
  words: readonly string[],
): void {
  if (words.some((word) => word === value)) return
  const rule = words.map((word) => `'${word}'`).join(' or ')
  const found = typeof value === 'string' ? `'${value}'` : describeValue(value)
  throw mustBe(owner, option, rule, found)
}

function mustBe(owner: string, option: string, rule: string, found: string) {
  return new ValueError(`${owner}: ${option} is ${found}: it must be ${rule}`)
}
