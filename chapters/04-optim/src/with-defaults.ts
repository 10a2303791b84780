import { describeValue, ValueError } from '@deepdive/tensor'

/**
 * All options with their values: an option that is left out, or undefined, has its
 * default. Lists are copied, so that nobody shares them.
 */
export function withDefaults<All extends object>(
  owner: string,
  defaults: All,
  options: Readonly<Partial<All>>,
): All {
  checkObject(owner, defaults, options)
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  const all = { ...defaults, ...Object.fromEntries(given) }
  const copies = Object.entries(all).map(([name, value]) => [name, copyOf(value)])
  return { ...all, ...Object.fromEntries(copies) }
}

function copyOf(value: unknown): unknown {
  return Array.isArray(value) ? [...value] : value
}

/** Refuses 0.1 in place of { lr: 0.1 }, which would be passed over in silence. */
function checkObject(owner: string, defaults: object, options: unknown): void {
  if (typeof options === 'object' && options !== null) return
  const [[name, value]] = Object.entries(defaults)
  throw new ValueError(
    `${owner}: its options are ${describeValue(options)}: pass them by ` +
      `name, as { ${name}: ${JSON.stringify(value)} }`,
  )
}
