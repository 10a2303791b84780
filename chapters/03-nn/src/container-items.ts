import { ValueError } from '@deepdive/tensor'
import { Module } from './module.ts'

/** Refuses what is no module, saying what it is instead. */
export function checkModule(container: string, name: string, value: unknown): void {
  if (value instanceof Module) return
  throw new ValueError(
    `${container}: item ${name} is ${kindOf(value)}, no module${advice(value)}`,
  )
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'function') return `the function ${value.name}`.trimEnd()
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}

function advice(value: unknown): string {
  if (Array.isArray(value)) return ': give its items one by one, by ...'
  if (typeof value !== 'function') return ''
  return value.prototype instanceof Module
    ? `: make one by new ${value.name}(…)`
    : ': extend Module by a class with a forward that calls it'
}

/** Refuses a name that would make no key, or one of another module. */
export function checkName(container: string, name: string): void {
  if (name !== '' && !name.includes('.')) return
  throw new ValueError(
    `${container}: '${name}' cannot be the name of a module: it stands in keys such as ` +
      'encoder.weight, so it needs a letter and no dot',
  )
}

/**
 * Where `insert` puts an item: from 0 to their number, or from the end, as in Python.
 */
export function placeAmong(
  container: string,
  { length }: { readonly length: number },
  index: number,
): number {
  const place = index < 0 ? index + length : index
  if (Number.isInteger(place) && place >= 0 && place <= length) return place
  throw new ValueError(`${container}: there is no place ${index} among ${length}`)
}

/** The item at `index`, counted from the end where negative. */
export function itemAt<Item>(
  container: string,
  items: readonly Item[],
  index: number,
): Item {
  const item = items.at(index)
  if (item !== undefined && Number.isInteger(index)) return item
  throw new ValueError(`${container}: there is no module ${index} of ${items.length}`)
}
