import { ValueError } from '@deepdive/tensor'

/** One size for all axes, or one for each; null keeps an axis as it is. */
export type OutputSize = number | null | readonly (number | null)[]

/** The elements from `start` up to `end` that one output stands for. */
export interface Range {
  readonly start: number
  readonly end: number
}

/**
 * An axis in `size` parts that are as equal as they can be: part i goes from
 * ⌊i · n / size⌋ to ⌈(i + 1) · n / size⌉; neighbours may share an element.
 */
export function parts(extent: number, size: number): Range[] {
  return Array.from({ length: size }, (_, i) => ({
    start: Math.floor((i * extent) / size),
    end: Math.ceil(((i + 1) * extent) / size),
  }))
}

/**
 * One size, or null, for each of `rank` axes.
 *
 * @throws ValueError where one is no whole number ≥ 1.
 */
export function listedSizes(
  op: string,
  size: OutputSize,
  rank: number,
): readonly (number | null)[] {
  const isList = typeof size === 'object' && size !== null
  const sizes = isList ? size : new Array<number | null>(rank).fill(size)
  const fits = sizes.every((n) => n === null || (Number.isInteger(n) && n >= 1))
  if (sizes.length === rank && fits) return sizes
  throw new ValueError(
    `${op}: outputSize [${sizes.map(String).join(', ')}] must be a whole number ≥ 1, ` +
      `or null to keep an axis as it is, or a list of ${rank}`,
  )
}
