import { noGrad, type Tensor } from '@deepdive/autograd'
import { formatShape, sameShape } from '@deepdive/tensor'
import { StateDictError } from './errors.ts'
import { tensorsIn } from './members.ts'
import type { Module } from './module.ts'
import { Buffer, Parameter } from './parameter.ts'

/** Tensors by PyTorch's keys: `encoder.fc1.weight`. */
export type StateDict = Readonly<Record<string, Tensor>>

function isState(value: unknown): value is Parameter | Buffer {
  return value instanceof Parameter || (value instanceof Buffer && value.persistent)
}

export function stateOf(module: Module): StateDict {
  const entries = [...tensorsIn(module, '', isState)]
  return Object.fromEntries(entries.map(([key, tensor]) => [key, tensor.detach()]))
}

export function loadState(module: Module, state: StateDict, strict: boolean): void {
  const own = new Map(tensorsIn(module, '', isState))
  const given = new Map(Object.entries(state))
  const missing = [...own.keys()].filter((key) => !given.has(key))
  const unexpected = [...given.keys()].filter((key) => !own.has(key))
  const pairs = [...own].flatMap(([key, target]) => {
    const source = given.get(key)
    return source ? [{ key, target, source }] : []
  })
  const misshapen = pairs.filter(({ target, source }) => {
    return !sameShape(target.shape, source.shape)
  })
  const problems = [
    ...(strict ? missing.map((key) => `missing: ${key}`) : []),
    ...(strict ? unexpected.map((key) => `unexpected: ${key}`) : []),
    ...misshapen.map(
      ({ key, target, source }) =>
        `misshapen: ${key} is ${formatShape(source.shape)}, ` +
        `the module has ${formatShape(target.shape)}`,
    ),
  ]
  if (problems.length > 0) {
    const hint = strict ? ' ({ strict: false } lets keys be missing or unexpected)' : ''
    throw new StateDictError(
      `loadStateDict: the state does not fit this ${module.describe()}${hint}\n` +
        problems.map((problem) => `    ${problem}`).join('\n'),
    )
  }
  noGrad(() => {
    for (const { target, source } of pairs) target.copy_(source)
  })
}
