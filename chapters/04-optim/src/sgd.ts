import { type Tensor, zerosLike } from '@deepdive/autograd'
import { checkNotNegative, ValueError } from '@deepdive/tensor'
import { Optimizer } from './optimizer.ts'
import type { OptimizerOptions, OptimizerParameters, Settings } from './settings.ts'
import { sgdInOnePass } from './sgd-kernel.ts'
import { decayedGradient } from './weight-decay.ts'

/** lr: 0.001, weightDecay: 0. */
export interface SGDOptions extends OptimizerOptions {
  /** μ, how much of its velocity a parameter keeps. Default: 0. */
  readonly momentum?: number
  /** τ, how much of a gradient does not enter the velocity. Default: 0. */
  readonly dampening?: number
  /** Look ahead to where the velocity leads. Default: false. */
  readonly nesterov?: boolean
}

type SGDSettings = Settings<SGDOptions>
type SGDState = { momentumBuffer: Tensor | null }

/**
 * Stochastic gradient descent, with momentum if wanted:
 *
 *     g ← ∇f(θ) + λθ
 *     v ← μv + (1 − τ)g        v ← g in the first step
 *     θ ← θ − lr · v           θ ← θ − lr · (g + μv) for Nesterov's
 *
 * Source: Sutskever et al. 2013, "On the importance of initialization and momentum in
 * deep learning"; as in PyTorch the learning rate multiplies the velocity, so that a
 * schedule acts at once.
 *
 * @throws ValueError where an option makes no sense.
 * @example
 * const w = tensor(1, { requiresGrad: true })
 * const optimizer = new SGD([w], { lr: 0.1, momentum: 0.9 })
 * for (let n = 0; n < 2; n++) {
 *   optimizer.zeroGrad()
 *   w.mul(1).backward()
 *   optimizer.step()
 * }
 * w // → tensor(0.7100, requiresGrad=true)
 */
export class SGD extends Optimizer<SGDSettings, SGDState> {
  constructor(parameters: OptimizerParameters<SGDSettings>, options: SGDOptions = {}) {
    const defaults = {
      lr: 1e-3,
      momentum: 0,
      dampening: 0,
      weightDecay: 0,
      nesterov: false,
      maximize: false,
    }
    super(parameters, defaults, options)
  }

  protected override check(settings: SGDSettings): void {
    super.check(settings)
    const { momentum, dampening, nesterov } = settings
    checkNotNegative(this.name, { momentum, dampening })
    if (nesterov && (momentum === 0 || dampening !== 0)) {
      throw new ValueError(
        `${this.name}: nesterov is true with momentum ${momentum} and dampening ` +
          `${dampening}: it needs a momentum > 0, and no dampening`,
      )
    }
  }

  protected newState(): SGDState {
    return { momentumBuffer: null }
  }

  protected update(
    parameter: Tensor,
    grad: Tensor,
    state: SGDState,
    settings: SGDSettings,
  ): void {
    const { lr, momentum, dampening, nesterov } = settings
    const share = state.momentumBuffer ? 1 - dampening : 1
    if (momentum !== 0) state.momentumBuffer ??= zerosLike(parameter)
    const v = momentum === 0 ? null : state.momentumBuffer
    if (sgdInOnePass(parameter, grad, v, { ...settings, share, rate: lr })) return

    const gradient = decayedGradient(parameter, grad, settings)
    v?.mul_(momentum).add_(gradient.mul(share))
    const step = v && nesterov ? v.mul(momentum).add_(gradient) : (v ?? gradient)
    parameter.sub_(step.mul(lr))
  }
}
