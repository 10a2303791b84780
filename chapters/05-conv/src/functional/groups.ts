import { ValueError } from '@deepdive/tensor'

/**
 * @throws ValueError where groups do not divide one of the counts, which are named by
 * what they count.
 */
export function checkGroups(
  op: string,
  groups: number,
  counts: Readonly<Record<string, number>>,
): void {
  for (const [what, count] of Object.entries(counts)) {
    if (count % groups === 0) continue
    throw new ValueError(`${op}: ${groups} groups do not divide ${count} ${what}`)
  }
}
