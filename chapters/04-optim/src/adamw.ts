import type { Tensor } from '@deepdive/autograd'
import { Adam, type AdamOptions, type AdamState } from './adam.ts'
import type { OptimizerParameters, Settings } from './settings.ts'
import { withDefaults } from './with-defaults.ts'

/**
 * Adam, whose decay acts on the parameters themselves and not through the moments:
 *
 *     θ ← θ − lr · λθ, and then Adam's step with g = ∇f(θ)
 *
 * Source: Loshchilov & Hutter 2019, "Decoupled weight decay regularization".
 *
 * @throws ValueError where an option makes no sense.
 * @example
 * const w = tensor([1, 100], { requiresGrad: true })
 * const optimizer = new AdamW([w], { lr: 0.1, weightDecay: 0.5 })
 * w.mul(0).sum().backward()
 * optimizer.step()
 * w // → tensor([ 0.9500, 95.0000], requiresGrad=true)
 */
export class AdamW extends Adam {
  constructor(
    parameters: OptimizerParameters<Settings<AdamOptions>>,
    options: AdamOptions = {},
  ) {
    const defaults: AdamOptions = { weightDecay: 0.01 }
    super(parameters, withDefaults('AdamW', defaults, options))
  }

  protected override update(
    parameter: Tensor,
    grad: Tensor,
    state: AdamState,
    settings: Settings<AdamOptions>,
  ): void {
    const { lr, weightDecay, maximize } = settings
    const kept = 1 - lr * weightDecay
    this.move(parameter, maximize ? grad.neg() : grad, state, settings, kept)
  }
}
