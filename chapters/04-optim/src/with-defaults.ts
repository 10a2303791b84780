import { optionsOf } from '@deepdive/tensor'

/**
 * All options with their values: an option that is left out, or undefined, has its
 * default. Lists are copied, so that nobody shares them.
 */
export function withDefaults<All extends object>(
  owner: string,
  defaults: All,
  options: Readonly<Partial<All>>,
): All {
  const all = { ...defaults }
  for (const [name, value] of Object.entries(optionsOf(owner, options))) {
    if (value !== undefined) Object.assign(all, { [name]: value })
  }
  for (const [name, value] of Object.entries(all)) {
    if (Array.isArray(value)) Object.assign(all, { [name]: [...value] })
  }
  return all
}
