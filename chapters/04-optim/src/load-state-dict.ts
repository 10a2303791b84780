import { Tensor } from '@deepdive/autograd'
import {
  cpu,
  describeValue,
  formatShape,
  isFloatingPoint,
  ShapeError,
  sameShape,
  ValueError,
} from '@deepdive/tensor'
import type { AnySettings, OptionValue, ParamGroup } from './settings.ts'
import {
  type OptimizerStateDict,
  type ParamState,
  type SavedGroup,
  snakeCase,
} from './state-dict.ts'

/** The settings of each group in a state dict of groups like an optimizer's. */
export function readGroups<Own extends AnySettings>(
  what: string,
  saved: OptimizerStateDict,
  groups: readonly ParamGroup[],
  defaults: Own,
): (Own & { initialLr?: number })[] {
  checkGroups(what, saved, groups)
  return saved.param_groups.map((group, n) => {
    return readGroup(`${what}: group ${n}`, group, defaults)
  })
}

/** Refuses a state dict of other groups than an optimizer has. */
function checkGroups(
  what: string,
  saved: OptimizerStateDict,
  groups: readonly ParamGroup[],
): void {
  if (!saved?.state || !Array.isArray(saved.param_groups)) {
    throw new ValueError(
      `${what}: it has no state and param_groups: is it a model's state dict?`,
    )
  }
  const theirs = saved.param_groups.map(({ params }) => params.length)
  const own = groups.map(({ params }) => params.length)
  if (sameShape(theirs, own)) return
  throw new ValueError(
    `${what}: its groups have ${theirs.join(' + ')} parameters, but this optimizer's ` +
      `${own.join(' + ')}: make both from the same model and groups`,
  )
}

/**
 * The settings in a saved group. A switch that is off by default may be missing, as an
 * older PyTorch did not know it; what only chooses an implementation is passed over.
 */
function readGroup<Own extends AnySettings>(
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
  const wanted = typeof usual === 'object' ? 'a list' : `a ${typeof usual}`
  return refuse(what, value === undefined ? 'missing' : describeValue(value), wanted)
}

/** The state of each parameter that has one; `newState` says what belongs there. */
export function readStates<State extends ParamState>(
  what: string,
  { state, param_groups }: OptimizerStateDict,
  groups: readonly ParamGroup[],
  newState: (parameter: Tensor) => State,
): Map<Tensor, State> {
  const found = new Map<Tensor, State>()
  const unread = new Set(Object.keys(state))
  for (const [n, { params }] of groups.entries()) {
    for (const [at, parameter] of params.entries()) {
      const number = String(param_groups[n].params[at])
      if (!unread.delete(number)) continue
      const place = `${what}: the state of parameter ${number}`
      const fresh = newState(parameter)
      found.set(parameter, readState(place, parameter, fresh, state[number]))
    }
  }
  if (unread.size === 0) return found
  throw new ValueError(
    `${what}: it has a state for parameter ${[...unread].join(', ')}, which is in ` +
      'none of its groups',
  )
}

/** Fills `fresh`, the state of a parameter before its first step, from a saved one. */
function readState<State extends ParamState>(
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
  value: unknown,
): Tensor | number {
  if (value === null) throw new ValueError(`${what} is missing`)
  return typeof before === 'number'
    ? readCount(what, value)
    : readTensor(what, parameter, value)
}

/** The only number in a state is the count of steps; PyTorch has it as a tensor too. */
function readCount(what: string, value: unknown): number {
  if (value instanceof Tensor && value.device !== cpu) {
    const found = `a tensor on ${value.device.name}`
    return refuse(what, found, 'a number, or a tensor on the cpu: (await it.cpu())')
  }
  const count = value instanceof Tensor && value.numel() === 1 ? value.item() : value
  if (typeof count === 'number' && Number.isInteger(count) && count >= 0) return count
  return refuse(what, describeValue(count), 'a whole number ≥ 0')
}

function readTensor(what: string, parameter: Tensor, value: unknown): Tensor {
  if (!(value instanceof Tensor)) {
    return refuse(what, describeValue(value), 'a tensor, which JSON does not hold')
  }
  const { shape, dtype, device } = parameter
  // A float16 is a float32 on the cpu, and in files.
  const fits = isFloatingPoint(dtype) && isFloatingPoint(value.dtype)
  if (value.dtype !== dtype && !fits) return refuse(what, value.dtype, dtype)
  if (sameShape(value.shape, shape)) {
    return value.detach().to(device).to(dtype).clone()
  }
  throw new ShapeError(
    `${what} is ${formatShape(value.shape)}, but the parameter ${formatShape(shape)}`,
  )
}

function refuse(what: string, found: string, wanted: string): never {
  throw new ValueError(`${what} is ${found}, but should be ${wanted}`)
}
