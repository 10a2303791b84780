import { onesLike, type Tensor } from '@deepdive/autograd'
import { checkNotNegative } from '@deepdive/tensor'
import { Optimizer } from './optimizer.ts'
import type { OptimizerOptions, OptimizerParameters, Settings } from './settings.ts'
import { decayedGradient } from './weight-decay.ts'

/** lr: 0.01, weightDecay: 0. */
export interface AdagradOptions extends OptimizerOptions {
  /** η, by which the rate falls: lr / (1 + (t − 1)η) in step t. Default: 0. */
  readonly lrDecay?: number
  /** What the sum of squares starts from, in all groups alike. Default: 0. */
  readonly initialAccumulatorValue?: number
  /** ε, which keeps the divisor from 0. Default: 1e-10. */
  readonly eps?: number
}

type AdagradSettings = Settings<AdagradOptions>
type AdagradState = { step: number; sum: Tensor }

/**
 * Each element has a rate of its own, which falls as its gradients add up:
 *
 *     g ← ∇f(θ) + λθ
 *     s ← s + g²
 *     θ ← θ − lr / (1 + (t − 1)η) · g / (√s + ε)
 *
 * Source: Duchi, Hazan & Singer 2011, "Adaptive subgradient methods for online learning
 * and stochastic optimization".
 *
 * @throws ValueError where an option makes no sense.
 * @example
 * const w = tensor([1, 1], { requiresGrad: true })
 * const optimizer = new Adagrad([w], { lr: 0.1 })
 * w.mul(tensor([1, 100])).sum().backward()
 * optimizer.step()
 * w // → tensor([0.9000, 0.9000], requiresGrad=true)
 */
export class Adagrad extends Optimizer<AdagradSettings, AdagradState> {
  constructor(
    parameters: OptimizerParameters<AdagradSettings>,
    options: AdagradOptions = {},
  ) {
    const defaults = {
      lr: 1e-2,
      lrDecay: 0,
      eps: 1e-10,
      weightDecay: 0,
      initialAccumulatorValue: 0,
      maximize: false,
    }
    super(parameters, defaults, options)
    // PyTorch's has a state from the start, and wants one in every state dict.
    for (const { params } of this.paramGroups) {
      for (const parameter of params) this.remember(parameter, this.newState(parameter))
    }
  }

  protected override check(settings: AdagradSettings): void {
    super.check(settings)
    const { lrDecay, initialAccumulatorValue, eps } = settings
    checkNotNegative(this.name, { lrDecay, initialAccumulatorValue, eps })
  }

  protected newState(parameter: Tensor): AdagradState {
    const sum = onesLike(parameter).mul_(this.defaults.initialAccumulatorValue)
    return { step: 0, sum }
  }

  protected update(
    parameter: Tensor,
    grad: Tensor,
    state: AdagradState,
    settings: AdagradSettings,
  ): void {
    const { lr, lrDecay, eps } = settings
    const gradient = decayedGradient(parameter, grad, settings)
    state.step++
    state.sum.add_(gradient.square())
    const rate = lr / (1 + (state.step - 1) * lrDecay)
    const divisor = state.sum.sqrt().add_(eps)
    parameter.sub_(gradient.mul(rate).div_(divisor))
  }
}
