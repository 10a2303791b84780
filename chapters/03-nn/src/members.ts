/** Something that a module has, under the name that PyTorch would give it. */
export type Member<Kind> = readonly [name: string, value: Kind]

/**
 * `inProjWeight` is `in_proj_weight` in PyTorch, and in checkpoints; a run of capitals
 * is one word, `qkvBN` is `qkv_bn`, and one that begins a name stays as it is: `W`.
 */
export function snakeCase(name: string): string {
  const [first, ...others] = name.split(
    /(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/,
  )
  return [first, ...others.map((word) => word.toLowerCase())].join('_')
}

/**
 * The properties of an object in the order of their assignment, those of lists one by
 * one: `blocks = [a, b]` counts as `blocks.0` and `blocks.1`.
 */
export function* membersOf(owner: object): Generator<Member<unknown>> {
  for (const [name, value] of Object.entries(owner)) {
    yield* itemsOf(snakeCase(name), value)
  }
}

function* itemsOf(name: string, value: unknown): Generator<Member<unknown>> {
  if (!Array.isArray(value)) yield [name, value]
  else
    for (const [place, item] of value.entries()) {
      if (typeof item === 'object') yield* itemsOf(join(name, String(place)), item)
    }
}

/** A path, one name longer. */
export function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

/** Each value once, under the first of its names. */
export function* once<Kind>(members: Iterable<Member<Kind>>): Generator<Member<Kind>> {
  const seen = new Set<Kind>()
  for (const member of members) {
    if (seen.has(member[1])) continue
    seen.add(member[1])
    yield member
  }
}
