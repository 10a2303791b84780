import type { DType } from './dtype.ts'
import { formatShape, type Shape } from './shape.ts'

/** What printing needs of an array. */
export interface Printable {
  readonly dtype: DType
  readonly shape: Shape
  readonly ndim: number
  numel(): number
  select(dim: number, index: number): Printable
  toArray(): unknown
  item(): number
}

const digits = 4
const lineWidth = 80
const summarizeAbove = 1000
const edgeItems = 3

/**
 * An array as PyTorch prints it: numbers aligned, with four digits where one of them is
 * not whole, in scientific notation where they lie far apart, and only the edges of
 * what has over 1000 elements. `suffixes` follow the elements: `requiresGrad=true`.
 * @example
 * formatArray('tensor(', array([1, 2.5]), ['requiresGrad=true'])
 * // → tensor([1.0000, 2.5000], requiresGrad=true)
 */
export function formatArray(
  prefix: string,
  x: Printable,
  suffixes: readonly string[],
): string {
  const size = x.numel()
  const indent = prefix.length
  if (size === 0)
    return withSuffixes(`${prefix}[]`, [...kindOf(x), ...suffixes], indent)
  const shorten = size > summarizeAbove
  const body = formatLevel(x, indent, shorten, formatOf(x.dtype, shown(x, shorten)))
  return withSuffixes(prefix + body, suffixes, indent)
}

/** What no element tells of an array that has none. */
function kindOf({ shape, dtype }: Printable): string[] {
  const size = shape.length === 1 ? [] : [`size=${formatShape(shape)}`]
  return dtype === 'float32' ? size : [...size, `dtype=${dtype}`]
}

/** The elements that will be printed. */
function shown(x: Printable, shorten: boolean): number[] {
  if (x.ndim === 0) return [x.item()]
  return places(x.shape[0], shorten).flatMap((index) =>
    index < 0 ? [] : shown(x.select(0, index), shorten),
  )
}

/** Indices along an axis; −1 stands for those left out. */
function places(extent: number, shorten: boolean): number[] {
  const all = Array.from({ length: extent }, (_, index) => index)
  if (!shorten || extent <= 2 * edgeItems) return all
  return [...all.slice(0, edgeItems), -1, ...all.slice(-edgeItems)]
}

/** How to write one element, padded to a width that all have, save NaN and Infinity. */
interface Format {
  readonly width: number
  readonly write: (value: number) => string
}

function formatOf(dtype: DType, values: readonly number[]): Format {
  if (dtype !== 'float32') {
    const text = (value: number) =>
      dtype === 'bool' ? String(value !== 0) : `${value}`
    return padded(text, values)
  }
  const finite = values.filter((value) => Number.isFinite(value) && value !== 0)
  const sizes = finite.map(Math.abs)
  const smallest = sizes.reduce((a, b) => Math.min(a, b), Infinity)
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0)
  const whole = finite.every(Number.isInteger)
  const apart = finite.length > 0 && (largest / smallest > 1000 || largest > 1e8)
  const scientific = apart || (!whole && smallest < 1e-4)
  const text = scientific ? exponential : whole ? wholeNumber : fixed
  return padded(text, finite)
}

function padded(text: Format['write'], values: readonly number[]): Format {
  const width = values.reduce((most, value) => Math.max(most, text(value).length), 1)
  return { width, write: (value) => text(value).padStart(width) }
}

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  return undefined
}

function sign(value: number): string {
  return value < 0 || Object.is(value, -0) ? '-' : ''
}

function wholeNumber(value: number): string {
  return special(value) ?? `${sign(value)}${Math.abs(value)}.`
}

/** Four digits after the point; a tie, such as 0.03125, goes to the even digit. */
function fixed(value: number): string {
  const shifted = Math.abs(value) * 10 ** digits
  const tie = shifted % 1 === 0.5
  const rounded = tie ? (2 * Math.round(shifted / 2)) / 10 ** digits : Math.abs(value)
  return special(value) ?? sign(value) + rounded.toFixed(digits)
}

/** `1.2346e-05`: at least two digits in the exponent; ties go to the even digit. */
function exponential(value: number): string {
  const size = Math.abs(value)
  const tieAboveEven = /^\d\.\d{3}[02468]50*e/.test(size.toExponential(20))
  const nudged = tieAboveEven ? size * (1 - 2 ** -40) : size
  const [mantissa, exponent] = nudged.toExponential(digits).split('e')
  const power = exponent?.slice(1).padStart(2, '0')
  return special(value) ?? `${sign(value)}${mantissa}e${exponent[0]}${power}`
}

function formatLevel(
  x: Printable,
  indent: number,
  shorten: boolean,
  format: Format,
): string {
  if (x.ndim === 0) return format.write(x.item())
  if (x.ndim === 1) return formatVector(x, indent, shorten, format)
  const rows = places(x.shape[0], shorten).map((index) =>
    index < 0 ? '...' : formatLevel(x.select(0, index), indent + 1, shorten, format),
  )
  const gap = `,${'\n'.repeat(x.ndim - 1)}${' '.repeat(indent + 1)}`
  return `[${rows.join(gap)}]`
}

function formatVector(
  x: Printable,
  indent: number,
  shorten: boolean,
  { width, write }: Format,
): string {
  const items = places(x.shape[0], shorten).map((index) =>
    index < 0 ? ' ...' : write(x.select(0, index).item()),
  )
  const perLine = Math.max(1, Math.floor((lineWidth - indent) / (width + 2)))
  const lines: string[] = []
  for (let n = 0; n < items.length; n += perLine) {
    lines.push(items.slice(n, n + perLine).join(', '))
  }
  return `[${lines.join(`,\n${' '.repeat(indent + 1)}`)}]`
}

function withSuffixes(
  body: string,
  suffixes: readonly string[],
  indent: number,
): string {
  let text = body
  for (const suffix of suffixes) {
    const lastLine = text.length - text.lastIndexOf('\n')
    const breaks = lastLine + suffix.length + 2 > lineWidth
    text += breaks ? `,\n${' '.repeat(indent)}${suffix}` : `, ${suffix}`
  }
  return `${text})`
}
