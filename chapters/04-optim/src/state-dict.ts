import { Tensor } from '@deepdive/autograd'
import { formatShape, ShapeError, sameShape, ValueError } from '@deepdive/tensor'
import type { AnySettings, OptionValue, ParamGroup } from './settings.ts'

/** What an optimizer remembers about a parameter; null: not needed so far. */
export type ParamState = Record<string, Tensor | number | null>

/**
 * All that an optimizer needs to go on where another one stopped, in PyTorch's form and
 * with PyTorch's names, so that it moves either way. Parameters have numbers, counted
 * through all groups.
 */
export interface OptimizerStateDict {
  /** By a parameter's number: `{ 0: { step: 3, exp_avg: … } }`. */
  readonly state: Readonly<Record<string, Readonly<ParamState>>>
  readonly param_groups: readonly SavedGroup[]
}

/** A group's settings: `{ lr: 0.1, weight_decay: 0, params: [0, 1] }`. */
export interface SavedGroup {
  readonly params: readonly number[]
  readonly [option: string]: OptionValue | string | null | undefined
}

/** `weightDecay` → `weight_decay` */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** A copy of what is remembered, so that later steps do not change it. */
export function saveState(state: ParamState): ParamState {
  const saved: ParamState = {}
  for (const [name, value] of Object.entries(state)) {
    if (value === null) continue
    saved[snakeCase(name)] = value instanceof Tensor ? value.detach().clone() : value
  }
  return saved
}

/** Fills `fresh`, the state of a parameter before its first step, from a saved one. */
export function readState<State extends ParamState>(
  what: string,
  parameter: Tensor,
  fresh: State,
  saved: Readonly<ParamState>,
): State {
  const found: ParamState = {}
  for (const [name, before] of Object.entries(fresh)) {
    const key = snakeCase(name)
    const value = saved[key] ?? null
    if (value === null && before === null) continue
    found[name] = readValue(`${what}: its ${key}`, parameter, before, value)
  }
  const known = Object.keys(fresh).map(snakeCase)
  const strange = Object.keys(saved).filter((key) => !known.includes(key))
  if (strange.some((key) => saved[key] !== null)) {
    throw new ValueError(
      `${what}: it has ${strange.join(', ')}, but this optimizer keeps ` +
        `${known.join(', ') || 'nothing'}: is it from another one?`,
    )
  }
  return Object.assign(fresh, found)
}

function readValue(
  what: string,
  parameter: Tensor,
  before: Tensor | number | null,
  value: Tensor | number | null,
): Tensor | number {
  if (value === null) throw new ValueError(`${what} is missing`)
  if (typeof before === 'number') return asNumber(value)
  if (typeof value === 'number') {
    throw new ValueError(`${what} is the number ${value}, but should be a tensor`)
  }
  if (sameShape(value.shape, parameter.shape)) {
    return value.detach().to(parameter.device).clone()
  }
  throw new ShapeError(
    `${what} is ${formatShape(value.shape)}, but the parameter ` +
      `${formatShape(parameter.shape)}`,
  )
}

/** PyTorch keeps the count of steps as a number or as a tensor. */
function asNumber(value: Tensor | number): number {
  return typeof value === 'number' ? value : value.item()
}

/** A group's settings by PyTorch's names; `numbers` are those of its parameters. */
export function saveGroup<Own extends AnySettings>(
  group: ParamGroup<Own>,
  defaults: Own,
  numbers: readonly number[],
): SavedGroup {
  const saved: Record<string, OptionValue> = {}
  for (const name of Object.keys(defaults)) saved[snakeCase(name)] = group[name]
  if (group.initialLr !== undefined) saved.initial_lr = group.initialLr
  return { ...saved, params: numbers }
}

/**
 * The settings in a saved group. A switch that is off by default may be missing, as an
 * older PyTorch did not know it; what only chooses an implementation is passed over.
 */
export function readGroup<Own extends AnySettings>(
  what: string,
  saved: SavedGroup,
  defaults: Own,
): Own & { initialLr?: number } {
  const found: Record<string, OptionValue> = {}
  for (const [name, usual] of Object.entries(defaults)) {
    const value = saved[snakeCase(name)]
    if (value === undefined && usual === false) continue
    found[name] = readOption(`${what}: its ${snakeCase(name)}`, usual, value)
  }
  if (typeof saved.initial_lr === 'number') found.initialLr = saved.initial_lr
  return Object.assign({ ...defaults }, found)
}

function readOption(
  what: string,
  usual: OptionValue,
  value: SavedGroup[string],
): OptionValue {
  if (typeof usual === 'object' && Array.isArray(value)) return [...value]
  if (typeof usual === 'number' && typeof value === 'number') return value
  if (typeof usual === 'boolean' && typeof value === 'boolean') return value
  const found = value === undefined ? 'is missing' : `is ${value}`
  const wanted = typeof usual === 'object' ? 'a list' : `a ${typeof usual}`
  throw new ValueError(`${what} ${found}, but should be ${wanted}`)
}
