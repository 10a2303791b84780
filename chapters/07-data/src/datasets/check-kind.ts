import { describeValue, ValueError } from '@deepdive/tensor'

/** Refuses any argument, as `{ indices }`, for which a rule does not hold. */
export function checkKind(
  owner: string,
  args: Readonly<Record<string, unknown>>,
  rule: string,
  holds: (value: unknown) => boolean,
): void {
  for (const [name, value] of Object.entries(args)) {
    if (holds(value)) continue
    throw new ValueError(
      `${owner}: ${name} is ${describeValue(value)}: it must be ${rule}`,
    )
  }
}

/** Refuses what cannot be called. */
export function checkFunction(
  owner: string,
  args: Readonly<Record<string, unknown>>,
): void {
  checkKind(owner, args, 'a function', (value) => typeof value === 'function')
}

/** Whether it is a list, of memory or not. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || ArrayBuffer.isView(value)
}

/** Whether it can be walked through, at once or in a while. */
export function isIterable(value: unknown): boolean {
  const found = Object(value)
  return Symbol.iterator in found || Symbol.asyncIterator in found
}
