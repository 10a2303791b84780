import { checkFinite, ValueError } from '@deepdive/tensor'

/** From the first number to the second; a single number is from its negative to it. */
export type Range = number | readonly [low: number, high: number]

/** Both ends of a range, of which the first must not be the greater. */
export function endsOf(op: string, name: string, range: Range): [number, number] {
  const [low, high] = typeof range === 'number' ? [-range, range] : range
  checkFinite(op, { [`${name}[0]`]: low, [`${name}[1]`]: high })
  if (low <= high) return [low, high]
  throw new ValueError(
    `${op}: ${name} goes from ${low} to ${high}: the first must not be the greater`,
  )
}
