import { Tensor } from '@deepdive/autograd'
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
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** All that is remembered and set, copied, so that later steps do not change it. */
export function saveStateDict<Own extends AnySettings>(
  groups: readonly ParamGroup<Own>[],
  defaults: Own,
  state: ReadonlyMap<Tensor, ParamState>,
): OptimizerStateDict {
  const saved: Record<string, ParamState> = {}
  let count = 0
  const numberOf = (parameter: Tensor) => {
    const remembered = state.get(parameter)
    if (remembered) saved[count] = saveState(remembered)
    return count++
  }
  const param_groups = groups.map((group) => {
    return { ...saveSettings(group, defaults), params: group.params.map(numberOf) }
  })
  return { state: saved, param_groups }
}

function saveState(state: ParamState): ParamState {
  const saved: ParamState = {}
  for (const [name, value] of Object.entries(state)) {
    if (value === null) continue
    saved[snakeCase(name)] = value instanceof Tensor ? value.detach().clone() : value
  }
  return saved
}

function saveSettings<Own extends AnySettings>(
  group: ParamGroup<Own>,
  defaults: Own,
): Record<string, OptionValue> {
  const saved: Record<string, OptionValue> = {}
  for (const name of Object.keys(defaults)) {
    const value = group[name]
    saved[snakeCase(name)] = typeof value === 'object' ? [...value] : value
  }
  if (group.initialLr !== undefined) saved.initial_lr = group.initialLr
  return saved
}
