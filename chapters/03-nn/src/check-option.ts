import { Tensor } from '@deepdive/autograd'
import { describeValue, ValueError } from '@deepdive/tensor'

/** Options by name, as `{ eps, alpha }`. */
type Options = Readonly<Record<string, unknown>>

/** Refuses any option that is not a finite number. */
export function checkFinite(owner: string, options: Options): void {
  check(owner, options, 'a finite number', Number.isFinite)
}

/** Refuses any option that is not a finite number ≥ 0. */
export function checkNotNegative(owner: string, options: Options): void {
  const rule = 'a finite number of at least 0'
  check(owner, options, rule, (value) => Number.isFinite(value) && value >= 0)
}

/** Refuses any option that is not 0, 1, 2, … */
export function checkWhole(owner: string, options: Options): void {
  const rule = 'a whole number of at least 0'
  check(owner, options, rule, (value) => Number.isInteger(value) && value >= 0)
}

/** Refuses any option that does not count something: 1, 2, 3, … */
export function checkCount(owner: string, options: Options): void {
  const rule = 'a whole number above 0'
  check(owner, options, rule, (value) => Number.isInteger(value) && value > 0)
}

/** Refuses any option that is not from 0 to 1. */
export function checkProbability(owner: string, options: Options): void {
  const rule = 'a probability from 0 to 1'
  check(owner, options, rule, (value) => value >= 0 && value <= 1)
}

/** Refuses any option that is no number, or for which a rule does not hold. */
export function check(
  owner: string,
  options: Options,
  rule: string,
  holds: (value: number) => boolean,
): void {
  for (const [option, value] of Object.entries(options)) {
    if (typeof value === 'number' && holds(value)) continue
    throw mustBe(owner, option, rule, value)
  }
}

/** Refuses an option that is none of a few words. */
export function checkWord(
  owner: string,
  option: string,
  value: unknown,
  words: readonly string[],
): void {
  if (words.some((word) => word === value)) return
  const rule = words.map((word) => `'${word}'`).join(' or ')
  throw mustBe(owner, option, rule, value)
}

/** Gives options back, and refuses what PyTorch takes by its place: `new ELU(0.5)`. */
export function optionsOf<Given extends object>(owner: string, options: Given): Given {
  const isObject = typeof options === 'object' && options !== null
  if (isObject && !(options instanceof Tensor)) return options
  throw mustBe(owner, 'options', 'an object, as { name: value }', options)
}

function mustBe(owner: string, option: string, rule: string, value: unknown) {
  const found = typeof value === 'number' ? String(value) : describeValue(value)
  return new ValueError(`${owner}: ${option} must be ${rule}, not ${found}`)
}
