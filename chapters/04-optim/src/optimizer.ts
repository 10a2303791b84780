import { noGrad, type Tensor } from '@deepdive/autograd'
import { checkNotNegative } from '@deepdive/tensor'
import { checkState } from './check-state.ts'
import { HeldState } from './held-state.ts'
import { readGroups, readStates } from './load-state-dict.ts'
import { readParameters } from './read-parameters.ts'
import {
  type AnySettings,
  checkParameters,
  checkSettings,
  type OptimizerParameters,
  type ParamGroup,
  type ParamGroupOptions,
  type Settings,
  sortItems,
} from './settings.ts'
import {
  type OptimizerStateDict,
  type ParamState,
  saveStateDict,
} from './state-dict.ts'
import { withDefaults } from './with-defaults.ts'

/**
 * Changes parameters so that a loss falls, by the gradients in their `grad`. A subclass
 * says by what rule (`update`), and what it remembers for each parameter (`newState`).
 *
 * @example
 * const w = tensor([1, 2], { requiresGrad: true })
 * const optimizer = new SGD([w], { lr: 0.1 })
 * optimizer.zeroGrad()
 * w.mul(w).sum().backward()
 * optimizer.step()
 * w // → tensor([0.8000, 1.6000], requiresGrad=true)
 */
export abstract class Optimizer<
  Own extends AnySettings = Settings,
  State extends ParamState = ParamState,
> {
  /** The settings of groups that have none of their own. */
  readonly defaults: Own
  /** Schedules change what is in here, and so may you: `paramGroups[0].lr = 0.01`. */
  readonly paramGroups: ParamGroup<Own>[] = []
  /** What is remembered for each parameter, from its first step on. */
  readonly state = new Map<Tensor, State>()
  readonly #held = new HeldState()

  constructor(
    parameters: OptimizerParameters<Own>,
    defaults: Own,
    options: Readonly<Partial<Own>>,
  ) {
    this.defaults = withDefaults(this.name, defaults, options)
    checkSettings(this.name, options, defaults)
    const { tensors, groups } = sortItems(this.name, parameters)
    if (groups.length === 0) this.#addGroup(tensors, this.defaults)
    for (const group of groups) this.addParamGroup(group)
  }

  /** What messages call it. */
  protected get name(): string {
    return this.constructor.name
  }

  /** What is remembered for a parameter before its first step. */
  protected abstract newState(parameter: Tensor): State

  /** One step of the algorithm for one parameter; it runs inside `noGrad`. */
  protected abstract update(
    parameter: Tensor,
    grad: Tensor,
    state: State,
    settings: Own,
  ): void

  /** Refuses settings that make no sense; subclasses add their own. */
  protected check({ lr, weightDecay }: Own): void {
    checkNotNegative(this.name, { lr, weightDecay })
  }

  /**
   * Adds parameters to be stepped, with options of their own.
   *
   * @throws ValueError where a parameter is in a group already, or cannot be stepped.
   * @example
   * const [w, b] = [1, 2].map((value) => tensor(value, { requiresGrad: true }))
   * const optimizer = new SGD([w], { lr: 0.1, momentum: 0.9 })
   * optimizer.addParamGroup({ params: [b], lr: 0.01 })
   * optimizer.paramGroups.map(({ lr, momentum }) => [lr, momentum])
   * // → [[0.1, 0.9], [0.01, 0.9]]
   */
  addParamGroup(group: ParamGroupOptions<Own>): void {
    this.#addGroup(group.params, group)
  }

  #addGroup(
    parameters: Tensor | Iterable<Tensor>,
    options: Readonly<Partial<Own>>,
  ): void {
    checkSettings(this.name, options, this.defaults)
    const params = readParameters(this.name, parameters)
    checkParameters(this.name, params, this.#parameters())
    const group = { ...withDefaults(this.name, this.defaults, options), params }
    this.check(group)
    this.paramGroups.push(group)
  }

  #parameters(): Tensor[] {
    return this.paramGroups.flatMap(({ params }) => params)
  }

  /**
   * Forgets the gradients, which `backward` would otherwise add to.
   *
   * @example
   * const w = tensor([1, 2], { requiresGrad: true })
   * w.sum().backward()
   * new SGD([w]).zeroGrad()
   * w.grad // → null
   */
  zeroGrad(): void {
    for (const parameter of this.#parameters()) parameter.grad = null
  }

  /**
   * Changes each parameter that has a gradient; others stay, and remember no step.
   *
   * @throws ValueError where a setting was changed to one that makes no sense, or
   * DeviceError where the parameters were moved; then nothing has changed.
   * @example
   * const w = tensor(1, { requiresGrad: true })
   * const optimizer = new Adam([w], { lr: 0.1 })
   * w.mul(5).backward()
   * optimizer.step()
   * w // → tensor(0.9000, requiresGrad=true)
   */
  step(): void {
    noGrad(() => {
      for (const group of this.paramGroups) this.#checkStep(group)
      for (const group of this.paramGroups) {
        for (const parameter of group.params) {
          if (parameter.grad) this.#stepOne(parameter, parameter.grad, group)
        }
      }
    })
  }

  #checkStep(group: ParamGroup<Own>): void {
    this.check(group)
    for (const parameter of group.params) {
      const state = this.state.get(parameter)
      if (state) checkState(this.name, parameter, state)
    }
  }

  #stepOne(parameter: Tensor, grad: Tensor, settings: Own): void {
    const state = this.state.get(parameter) ?? this.newState(parameter)
    this.update(parameter, grad, state, settings)
    this.remember(parameter, state)
  }

  /** Takes note of what is known of a parameter; no scope frees the memory of that. */
  protected remember(parameter: Tensor, state: State): void {
    this.state.set(parameter, state)
    this.#held.hold(parameter, state)
  }

  /**
   * A copy of all that is remembered and set, in PyTorch's form.
   *
   * @example
   * const w = tensor([1, 2], { requiresGrad: true })
   * const optimizer = new SGD([w], { lr: 0.1, momentum: 0.9 })
   * w.sum().backward()
   * optimizer.step()
   * const { state, param_groups } = optimizer.stateDict()
   * state[0].momentum_buffer // → tensor([1., 1.])
   * param_groups[0].weight_decay // → 0
   * param_groups[0].params // → [0]
   */
  stateDict(): OptimizerStateDict {
    return saveStateDict(this.paramGroups, this.defaults, this.state)
  }

  /**
   * Goes on where the optimizer stopped that `saved` is from, DeepDive's or PyTorch's.
   *
   * @throws ValueError, ShapeError where it does not fit; then nothing has changed.
   * @example
   * const w = tensor([1, 2], { requiresGrad: true })
   * const saved = new SGD([w], { lr: 0.5 }).stateDict()
   * const optimizer = new SGD([w], { lr: 0.1 })
   * optimizer.loadStateDict(saved)
   * optimizer.paramGroups[0].lr // → 0.5
   */
  loadStateDict(saved: OptimizerStateDict): void {
    const what = `${this.name}: loadStateDict`
    const settings = readGroups(what, saved, this.paramGroups, this.defaults)
    for (const group of settings) this.check(group)
    const states = readStates(what, saved, this.paramGroups, (parameter) => {
      return this.newState(parameter)
    })
    for (const [n, group] of this.paramGroups.entries()) {
      Object.assign(group, settings[n])
    }
    for (const parameter of this.state.keys()) this.#held.hold(parameter, {})
    this.state.clear()
    for (const [parameter, state] of states) this.remember(parameter, state)
  }
}
