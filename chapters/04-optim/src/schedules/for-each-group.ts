import { checkNotNegative, ValueError } from '@deepdive/tensor'
import type { Optimizer } from '../optimizer.ts'

/** An option of each group: the given one for all, or a list of one for each. */
export function forEachGroup(
  owner: string,
  option: string,
  value: number | readonly number[],
  { paramGroups }: Optimizer,
): readonly number[] {
  const values = typeof value === 'number' ? paramGroups.map(() => value) : value
  for (const one of values) checkNotNegative(owner, { [option]: one })
  if (values.length === paramGroups.length) return values
  throw new ValueError(
    `${owner}: ${option} has ${values.length} values for ${paramGroups.length} ` +
      'groups: give one for each, or one for all',
  )
}
