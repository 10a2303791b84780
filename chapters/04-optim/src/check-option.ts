import { ValueError } from '@deepdive/tensor'

/** Options by name, as `{ lr, 'betas[0]': betas[0] }`. */
type Numbers = Readonly<Record<string, number>>

/** Refuses any option that is not a finite number ≥ 0. */
export function checkNotNegative(owner: string, options: Numbers): void {
  check(owner, options, 'a finite number ≥ 0', (value) => value >= 0)
}

/** Refuses any option that is not a finite number > 0. */
export function checkPositive(owner: string, options: Numbers): void {
  check(owner, options, 'a finite number > 0', (value) => value > 0)
}

/** Refuses any option that is not in [0, 1): how much of an average stays. */
export function checkDecay(owner: string, options: Numbers): void {
  check(owner, options, 'in [0, 1)', (value) => value >= 0 && value < 1)
}

/** Refuses any option that is not in [0, 1]. */
export function checkShare(owner: string, options: Numbers): void {
  check(owner, options, 'in [0, 1]', (value) => value >= 0 && value <= 1)
}

/** Refuses any option that does not count something: 1, 2, 3, … */
export function checkCount(owner: string, options: Numbers): void {
  check(owner, options, 'a whole number ≥ 1', (n) => Number.isInteger(n) && n >= 1)
}

/** Refuses any option that is not 0, 1, 2, … */
export function checkWhole(owner: string, options: Numbers): void {
  check(owner, options, 'a whole number ≥ 0', (n) => Number.isInteger(n) && n >= 0)
}

function check(
  owner: string,
  options: Numbers,
  rule: string,
  holds: (value: number) => boolean,
): void {
  for (const [option, value] of Object.entries(options)) {
    if (Number.isFinite(value) && holds(value)) continue
    throw new ValueError(`${owner}: ${option} is ${value}: it must be ${rule}`)
  }
}

/** Refuses an option that is none of a few words. */
export function checkWord(
  owner: string,
  option: string,
  value: string,
  words: readonly string[],
): void {
  if (words.includes(value)) return
  const list = words.map((word) => `'${word}'`).join(' or ')
  throw new ValueError(`${owner}: ${option} is '${value}': it must be ${list}`)
}
