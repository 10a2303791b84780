import { type Tensor, zerosLike } from '@deepdive/autograd'
import { checkDecay, checkNotNegative } from '@deepdive/tensor'
import { adamInOnePass } from './adam-kernel.ts'
import { Optimizer } from './optimizer.ts'
import type { OptimizerOptions, OptimizerParameters, Settings } from './settings.ts'
import { decayedGradient } from './weight-decay.ts'

/** lr: 0.001, weightDecay: 0 (AdamW: 0.01). */
export interface AdamOptions extends OptimizerOptions {
  /** β₁ and β₂, how much the moments keep in a step. Default: [0.9, 0.999]. */
  readonly betas?: readonly [number, number]
  /** ε, which keeps the divisor from 0. Default: 1e-8. */
  readonly eps?: number
  /** Divide by the greatest v so far (Reddi et al. 2018). Default: false. */
  readonly amsgrad?: boolean
}

type AdamSettings = Settings<AdamOptions>
export type AdamState = {
  step: number
  expAvg: Tensor
  expAvgSq: Tensor
  maxExpAvgSq: Tensor | null
}

/**
 * Follows the mean of the gradients, divided by the root of their mean square, so that
 * each element moves by about lr in a step, whatever the size of its gradient:
 *
 *     g ← ∇f(θ) + λθ
 *     m ← β₁m + (1 − β₁)g      m̂ = m / (1 − β₁ᵗ)
 *     v ← β₂v + (1 − β₂)g²     v̂ = v / (1 − β₂ᵗ)
 *     θ ← θ − lr · m̂ / (√v̂ + ε)
 *
 * m and v start at 0; dividing by 1 − βᵗ makes up for that in the first steps.
 *
 * Source: Kingma & Ba 2015, "Adam: a method for stochastic optimization", algorithm 1.
 *
 * @throws ValueError where an option makes no sense.
 * @example
 * const w = tensor([1, 1], { requiresGrad: true })
 * const optimizer = new Adam([w], { lr: 0.1 })
 * w.mul(tensor([1, 100])).sum().backward()
 * optimizer.step()
 * w // → tensor([0.9000, 0.9000], requiresGrad=true)
 */
export class Adam extends Optimizer<AdamSettings, AdamState> {
  constructor(
    parameters: OptimizerParameters<AdamSettings>,
    options: AdamOptions = {},
  ) {
    const defaults: AdamSettings = {
      lr: 1e-3,
      betas: [0.9, 0.999],
      eps: 1e-8,
      weightDecay: 0,
      amsgrad: false,
      maximize: false,
    }
    super(parameters, defaults, options)
  }

  protected override check(settings: AdamSettings): void {
    super.check(settings)
    const { betas, eps } = settings
    checkDecay(this.name, { 'betas[0]': betas[0], 'betas[1]': betas[1] })
    checkNotNegative(this.name, { eps })
  }

  protected newState(parameter: Tensor): AdamState {
    return {
      step: 0,
      expAvg: zerosLike(parameter),
      expAvgSq: zerosLike(parameter),
      maxExpAvgSq: null,
    }
  }

  protected update(
    parameter: Tensor,
    grad: Tensor,
    state: AdamState,
    settings: AdamSettings,
  ): void {
    this.move(parameter, decayedGradient(parameter, grad, settings), state, settings)
  }

  /** Adam's step by a gradient, after decay left the share `kept` of the parameter. */
  protected move(
    parameter: Tensor,
    gradient: Tensor,
    state: AdamState,
    { lr, betas, eps, amsgrad }: AdamSettings,
    kept = 1,
  ): void {
    const [beta1, beta2] = betas
    state.step++

    // The corrections are numbers: they join lr and ε rather than change every element.
    const correction1 = 1 - beta1 ** state.step
    const correction2 = Math.sqrt(1 - beta2 ** state.step)
    const rate = (lr * correction2) / correction1
    const margin = eps * correction2

    const { expAvg: m, expAvgSq: v } = state
    const rates = { beta1, beta2, kept, rate, margin }
    if (!amsgrad && adamInOnePass(parameter, gradient, m, v, rates)) return
    m.mul_(beta1).add_(gradient.mul(1 - beta1))
    v.mul_(beta2).add_(gradient.square().mul_(1 - beta2))
    const divisor = (amsgrad ? greatest(state) : v).sqrt().add_(margin)
    if (kept !== 1) parameter.mul_(kept)
    parameter.sub_(m.div(divisor).mul_(rate))
  }
}

/** The largest v of each element so far. */
function greatest(state: AdamState): Tensor {
  state.maxExpAvgSq ??= zerosLike(state.expAvgSq)
  state.maxExpAvgSq.array.binary_('maximum', state.expAvgSq.array)
  return state.maxExpAvgSq
}
