/**
 * Element `[i, j, …]` of a view lies at `at + i · step0 + j · step1 + …`. How many axes
 * there are is part of the program; how long they are, and the steps, are parameters.
 */

/**
 * The sizes of all axes but the first: what is needed to tell an index from a place.
 */
export function sizeFields(axes: string, rank: number): string[] {
  return Array.from({ length: rank }, (_, axis) => `${axes}${axis}: u32`).slice(1)
}

/** Where a view begins, and its steps, as `walkWords` gives them. */
export function walkFields(name: string, rank: number): string[] {
  const steps = Array.from({ length: rank }, (_, axis) => `${name}_step${axis}: i32`)
  return [`${name}_at: i32`, ...steps]
}

/** The words for `walkFields`. */
export function walkWords(offset: number, strides: readonly number[]): number[] {
  return [offset, ...strides]
}

/**
 * The index of the `place`-th element, row by row, on axes of those sizes:
 *
 *     place 7 of [2, 5]:  7 mod 5 = 2,  7 div 5 = 1:  [1, 2]
 */
export function indexFromPlace(axes: string, rank: number, place: string): string {
  const lines = [`var ${axes}_rest = ${place};`]
  for (let axis = rank - 1; axis > 0; axis--) {
    lines.push(
      `let ${axes}_i${axis} = ${axes}_rest % p.${axes}${axis};`,
      `${axes}_rest /= p.${axes}${axis};`,
    )
  }
  if (rank > 0) lines.push(`let ${axes}_i0 = ${axes}_rest;`)
  return lines.join('\n  ')
}

/** Where the element at the index of `axes` lies in the memory of the view `name`. */
export function placeOf(
  name: string,
  axes: string,
  rank: number,
  firstStep = 0,
): string {
  const terms = Array.from(
    { length: rank },
    (_, axis) => `i32(${axes}_i${axis}) * p.${name}_step${axis + firstStep}`,
  )
  return [`p.${name}_at`, ...terms].join(' + ')
}

/** Statements that say where the row at the index of `axes` begins, in each view. */
export function startsOf(names: readonly string[], axes: string, rank: number): string {
  return names
    .map((name) => `let ${name}_start = ${placeOf(name, axes, rank)};`)
    .join('\n  ')
}

/** The i-th element of that row, whose step comes after those of `rank` axes. */
export function elementInRow(name: string, i: string, rank: number): string {
  return `${name}[${name}_start + ${i} * p.${name}_step${rank}]`
}
