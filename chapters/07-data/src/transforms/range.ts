import { checkFinite, ValueError } from '@deepdive/tensor'
import { checkKind } from '../datasets/check-kind.ts'

/** From the first number to the second; a single number is from its negative to it. */
export type Range = number | readonly [low: number, high: number]

/** Both ends of a range, of which the first must not be the greater. */
export function endsOf(op: string, name: string, range: Range): [number, number] {
  checkKind(op, { [name]: range }, 'a number, or [from, to]', isRange)
  const [low, high] = typeof range === 'number' ? [-range, range] : range
  checkFinite(op, { [`${name}[0]`]: low, [`${name}[1]`]: high })
  if (low <= high) return [low, high]
  throw new ValueError(
    `${op}: ${name} goes from ${low} to ${high}: the first must not be the greater`,
  )
}

function isRange(value: unknown): boolean {
  return typeof value === 'number' || (Array.isArray(value) && value.length === 2)
}
