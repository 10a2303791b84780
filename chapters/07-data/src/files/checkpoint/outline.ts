import { Tensor } from '@deepdive/autograd'
import { describeValue, ValueError } from '@deepdive/tensor'

/** What a checkpoint can hold: tensors and plain values, nested as one likes. */
export type Saved =
  | Tensor
  | number
  | string
  | boolean
  | null
  | readonly Saved[]
  | { readonly [name: string]: Saved | undefined }

/** JSON, in which a tensor is `{ "$tensor": name }`. */
export type Outline =
  | number
  | string
  | boolean
  | null
  | readonly Outline[]
  | { readonly [name: string]: Outline }

/** So deep may values be nested, that nobody runs out of stack. */
const deepest = 100

/**
 * A nested value as the tensors in it, by their paths, and JSON for all else:
 * `{ model: { '0.bias': b }, epoch: 3 }` is a tensor `model.0.bias` and
 * `{ "model": { "0.bias": { "$tensor": "model.0.bias" } }, "epoch": 3 }`. What JSON has no
 * number for is `{ "$number": "NaN" }`, and a name that begins with $ gets another one.
 *
 * @throws ValueError for what is none of what a checkpoint can hold.
 */
export function takeApart(op: string, value: unknown): [Outline, Map<string, Tensor>] {
  const tensors = new Map<string, Tensor>()
  const drawn = (value: unknown, path: readonly string[]): Outline => {
    if (value instanceof Tensor)
      return { $tensor: keep(tensors, path.join('.'), value) }
    if (typeof value === 'number')
      return isInJson(value) ? value : { $number: told(value) }
    if (typeof value === 'string' || typeof value === 'boolean' || value === null) {
      return value
    }
    if (path.length > deepest) {
      throw new ValueError(`${op}: '${path[0]}' is nested more than ${deepest} deep`)
    }
    if (Array.isArray(value))
      return value.map((item, n) => drawn(item, [...path, `${n}`]))
    if (isPlain(value)) {
      const entries = Object.entries(value).filter(([, part]) => part !== undefined)
      return Object.fromEntries(
        entries.map(([name, part]) => [escaped(name), drawn(part, [...path, name])]),
      )
    }
    throw new ValueError(
      `${op}: '${path.join('.')}' is ${describeValue(value)}: it must be a tensor, a plain ` +
        'value, a list or an object of them, or have a stateDict()',
    )
  }
  return [drawn(value, []), tensors]
}

/** Under a name of its own, should two paths look the same: `a.b` in c, `b` in `c.a`. */
function keep(tensors: Map<string, Tensor>, path: string, tensor: Tensor): string {
  let name = path
  while (tensors.has(name)) name += '_'
  tensors.set(name, tensor)
  return name
}

function isInJson(value: number): boolean {
  return Number.isFinite(value) && !Object.is(value, -0)
}

function told(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

function escaped(name: string): string {
  return name.startsWith('$') ? `$${name}` : name
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const kind = Object.getPrototypeOf(value)
  return kind === Object.prototype || kind === null
}

/**
 * The value that an outline is of, with tensors by their names.
 *
 * @throws SyntaxError for what is no outline.
 */
export function putTogether(
  outline: unknown,
  tensors: ReadonlyMap<string, Tensor>,
): Saved {
  const read = (part: unknown, depth: number): Saved => {
    if (typeof part === 'number' || typeof part === 'string') return part
    if (typeof part === 'boolean' || part === null) return part
    if (depth > deepest) throw new SyntaxError(`it is nested more than ${deepest} deep`)
    if (Array.isArray(part)) return part.map((item) => read(item, depth + 1))
    if (!isPlain(part)) throw new SyntaxError('it has a value that is none of JSON')
    if ('$tensor' in part) return found(tensors, part.$tensor)
    if ('$number' in part) return Number(part.$number)
    const entries = Object.entries(part).map(([name, inner]): [string, Saved] => {
      return [name.replace(/^\$/, ''), read(inner, depth + 1)]
    })
    return Object.fromEntries(entries)
  }
  return read(outline, 0)
}

function found(tensors: ReadonlyMap<string, Tensor>, name: unknown): Tensor {
  const tensor = typeof name === 'string' ? tensors.get(name) : undefined
  if (tensor) return tensor
  throw new SyntaxError('it names a tensor that is not there')
}

/** Whether a saved value is an object of others. */
export function areNamed(value: Saved): value is { readonly [name: string]: Saved } {
  return isPlain(value)
}
