import type { Expected, Tolerance } from './fixtures.ts'

/** A call and what PyTorch answers to it, as tools/oracle/operation.py writes it. */
export interface OperationCase {
  readonly name: string
  /** The method of the first input that is called, or else … */
  readonly method?: string
  /** … the free function. */
  readonly function?: string
  readonly inputs: readonly Expected[]
  /** All that the call receives; `{ input: n }` stands for an input. */
  readonly args: readonly Argument[]
  readonly outputs: readonly Expected[]
  /** For each input, what comes back if each float32 output receives `cotangent`. */
  readonly gradients?: readonly (Expected | null)[]
  /** Where the usual one cannot hold; then `why` says why. */
  readonly tolerance?: Tolerance
  readonly why?: string
}

export type Argument =
  | null
  | boolean
  | number
  | string
  | readonly Argument[]
  | { readonly input: number }
  | { readonly [option: string]: Argument }

/** Where calls are looked up: a chapter's exports, and an object with its methods. */
export interface Vocabulary<X> {
  readonly functions: object
  readonly methods: object
  readonly is: (value: unknown) => value is X
}

/** The called function itself, if there is one. */
export function findCall<X>(
  { method, function: name }: OperationCase,
  { functions, methods }: Vocabulary<X>,
): ((...args: unknown[]) => unknown) | undefined {
  const found: unknown = method
    ? Reflect.get(methods, method)
    : Reflect.get(functions, name ?? '')
  return isFunction(found) ? found : undefined
}

function isFunction(value: unknown): value is (...args: unknown[]) => unknown {
  return typeof value === 'function'
}

/** Calls what the case calls, on the given inputs, and lists its outputs. */
export function perform<X>(
  testCase: OperationCase,
  inputs: readonly X[],
  vocabulary: Vocabulary<X>,
): X[] {
  const call = findCall(testCase, vocabulary)
  if (!call) throw new Error(`there is no ${testCase.method ?? testCase.function}`)
  const args = testCase.args.map((arg) => decode(arg, inputs))
  const outputs = listed(call.apply(inputs[0], args), vocabulary.is)
  if (outputs.length === testCase.outputs.length) return outputs
  throw new Error(`gives ${outputs.length} outputs, not ${testCase.outputs.length}`)
}

const notInJson = new Map([
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
])

function decode(arg: Argument, inputs: readonly unknown[]): unknown {
  if (typeof arg === 'string') return notInJson.get(arg) ?? arg
  if (typeof arg !== 'object' || arg === null) return arg
  if (isList(arg)) return arg.map((item) => decode(item, inputs))
  if (isInput(arg)) return inputs[arg.input]
  const options = Object.entries(arg)
  return Object.fromEntries(options.map(([key, value]) => [key, decode(value, inputs)]))
}

function isList(arg: object): arg is readonly Argument[] {
  return Array.isArray(arg)
}

function isInput(arg: object): arg is { readonly input: number } {
  return 'input' in arg
}

/** A single output, a list of them, or `{ values, indices }`. */
function listed<X>(result: unknown, is: (value: unknown) => value is X): X[] {
  if (is(result)) return [result]
  const list: unknown[] = Array.isArray(result) ? result : Object.values(Object(result))
  if (list.every(is)) return list
  throw new Error(`gives ${String(result)}`)
}

/** What comes back through an output of `length` elements: each something else. */
export function cotangent(length: number): Float32Array {
  return Float32Array.from({ length }, (_, place) => Math.sin(1 + place))
}
