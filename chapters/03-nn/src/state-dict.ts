import { noGrad, Tensor } from '@deepdive/autograd'
import { describeValue, formatShape, type NDArray, sameShape } from '@deepdive/tensor'
import { StateDictError } from './errors.ts'
import type { Module } from './module.ts'
import { type ModuleTree, tensorsIn } from './module-tree.ts'
import { Buffer, Parameter } from './parameter.ts'

/** Tensors by PyTorch's keys: `encoder.fc1.weight`. */
export type StateDict = Readonly<Record<string, Tensor>>

/** The keys that only one side had. */
export interface LoadResult {
  readonly missingKeys: readonly string[]
  readonly unexpectedKeys: readonly string[]
}

type State = Parameter | Buffer

function isState(value: unknown): value is State {
  return value instanceof Parameter || (value instanceof Buffer && value.persistent)
}

/** A module's tensors by their keys, each of which must be of one tensor only. */
function keyed(module: ModuleTree): Map<string, State> {
  const state = new Map<string, State>()
  for (const [key, tensor] of tensorsIn(module, isState)) {
    if (state.has(key)) {
      throw new StateDictError(
        `stateDict: two tensors have the key '${key}': rename a property (fcOne and ` +
          'fc_one are the same name in PyTorch)',
      )
    }
    state.set(key, tensor)
  }
  return state
}

export function stateOf(module: ModuleTree): StateDict {
  const entries = [...keyed(module)]
  return Object.fromEntries(entries.map(([key, tensor]) => [key, tensor.detach()]))
}

export function loadState(
  module: Module,
  state: StateDict,
  strict: boolean,
): LoadResult {
  if (typeof state !== 'object' || state === null) {
    throw new StateDictError(
      `loadStateDict: the state is ${describeValue(state)}: give tensors by their keys, ` +
        'as stateDict() does',
    )
  }
  const own = keyed(module)
  const given = new Map(Object.entries(state))
  const missingKeys = [...own.keys()].filter((key) => !given.has(key))
  const unexpectedKeys = [...given.keys()].filter((key) => !own.has(key))
  const shared = [...own].filter(([key]) => given.has(key))
  const problems = [
    ...(strict ? missingKeys.map((key) => `missing: ${key}`) : []),
    ...(strict ? unexpectedKeys.map((key) => `unexpected: ${key}`) : []),
    ...shared.flatMap(([key, target]) => misfit(key, target, given.get(key)) ?? []),
  ]
  if (problems.length > 0) throw doesNotFit(module, problems, strict)
  overwrite(shared.map(([key, target]) => [target, state[key]]))
  return { missingKeys, unexpectedKeys }
}

/** How a tensor of the state differs from the module's own, if it does. */
function misfit(key: string, target: Tensor, source: unknown): string | undefined {
  if (!(source instanceof Tensor)) {
    const found = describeValue(source)
    return `misshapen: ${key} is ${found}, not a tensor: make it one by tensor(…)`
  }
  if (sameShape(target.shape, source.shape)) return undefined
  const [found, wanted] = [source, target].map(({ shape }) => formatShape(shape))
  return `misshapen: ${key} is ${found}, the module has ${wanted}`
}

function doesNotFit(
  module: Module,
  problems: readonly string[],
  strict: boolean,
): StateDictError {
  const hint = strict ? ' ({ strict: false } lets keys be missing or unexpected)' : ''
  return new StateDictError(
    `loadStateDict: the state does not fit this ${module.describe()}${hint}` +
      problems.map((problem) => `\n    ${problem}`).join(''),
  )
}

/** Brings everything over before the first is written, as a device may refuse. */
function overwrite(pairs: readonly (readonly [target: State, source: Tensor])[]): void {
  const sources: NDArray[] = pairs.map(([target, source]) => {
    return source.array.to(target.device)
  })
  noGrad(() => {
    for (const [n, [target]] of pairs.entries()) target.copy_(new Tensor(sources[n]))
  })
}
