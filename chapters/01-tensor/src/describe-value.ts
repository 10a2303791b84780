/**
 * What a value is, for a message about one that should be something else.
 * @example
 * describeValue([1, 2]) // → a list
 * describeValue('1') // → the string '1'
 * describeValue(undefined) // → undefined
 * describeValue(zeros([2])) // → an NDArray
 */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value === 'string') return `the string '${value}'`
  if (typeof value === 'function') return 'a function'
  if (typeof value !== 'object') return `the ${typeof value} ${String(value)}`
  if (Array.isArray(value)) return 'a list'
  const { name } = value.constructor ?? Object
  return name === 'Object' || name === '' ? 'an object' : `${article(name)} ${name}`
}

/** `an` before a vowel, as one says it: an Adam, an LSTM, a Linear, a Uint8Array. */
function article(name: string): string {
  return /^([AEIO]|[FHLMNRSX][A-Z])/.test(name) ? 'an' : 'a'
}
