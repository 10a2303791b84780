import type { FileError } from '../errors.ts'

/** Makes the error that says what is wrong with a file. */
export type Broken = (what: string) => FileError

/** What a file says, as far as a message has room for it. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) {
    const items = value.slice(0, 8).map((item) => (isNested(item) ? '…' : shown(item)))
    return `[${items.join(', ')}${value.length > 8 ? ', …' : ''}]`
  }
  if (isNested(value)) return '{…}'
  const text = JSON.stringify(value) ?? 'missing'
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

function isNested(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

/** Whether a value of JSON is an object, and no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return isNested(value) && !Array.isArray(value)
}
