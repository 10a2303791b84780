import { type Tensor, zerosLike } from '@deepdive/autograd'
import { checkDecay, checkNotNegative } from '@deepdive/tensor'
import { Optimizer } from './optimizer.ts'
import type { OptimizerOptions, OptimizerParameters, Settings } from './settings.ts'
import { decayedGradient } from './weight-decay.ts'

/** lr: 0.01, weightDecay: 0. */
export interface RMSpropOptions extends OptimizerOptions {
  /** α, how much of the average of squares a step keeps. Default: 0.99. */
  readonly alpha?: number
  /** ε, which keeps the divisor from 0. Default: 1e-8. */
  readonly eps?: number
  /** μ, how much of its velocity a parameter keeps. Default: 0. */
  readonly momentum?: number
  /** Divide by the deviation from the average gradient. Default: false. */
  readonly centered?: boolean
}

type RMSpropSettings = Settings<RMSpropOptions>
type RMSpropState = {
  step: number
  squareAvg: Tensor
  momentumBuffer: Tensor | null
  gradAvg: Tensor | null
}

/**
 * Divides each gradient by the root of the mean square that it had of late:
 *
 *     g ← ∇f(θ) + λθ
 *     s ← αs + (1 − α)g²
 *     m ← αm + (1 − α)g        and s − m² in place of s, if `centered`
 *     v ← μv + g / (√s + ε)
 *     θ ← θ − lr · v
 *
 * Source: Tieleman & Hinton 2012, "Lecture 6.5: RMSProp"; centred as in Graves 2013,
 * "Generating sequences with recurrent neural networks".
 *
 * @throws ValueError where an option makes no sense.
 * @example
 * const w = tensor([1, 1], { requiresGrad: true })
 * const optimizer = new RMSprop([w], { lr: 0.1, alpha: 0.75 })
 * w.mul(tensor([1, 100])).sum().backward()
 * optimizer.step()
 * w // → tensor([0.8000, 0.8000], requiresGrad=true)
 */
export class RMSprop extends Optimizer<RMSpropSettings, RMSpropState> {
  constructor(
    parameters: OptimizerParameters<RMSpropSettings>,
    options: RMSpropOptions = {},
  ) {
    const defaults = {
      lr: 1e-2,
      momentum: 0,
      alpha: 0.99,
      eps: 1e-8,
      centered: false,
      weightDecay: 0,
      maximize: false,
    }
    super(parameters, defaults, options)
  }

  protected override check(settings: RMSpropSettings): void {
    super.check(settings)
    const { alpha, eps, momentum } = settings
    checkDecay(this.name, { alpha })
    checkNotNegative(this.name, { eps, momentum })
  }

  protected newState(parameter: Tensor): RMSpropState {
    return {
      step: 0,
      squareAvg: zerosLike(parameter),
      momentumBuffer: null,
      gradAvg: null,
    }
  }

  protected update(
    parameter: Tensor,
    grad: Tensor,
    state: RMSpropState,
    settings: RMSpropSettings,
  ): void {
    const { lr, eps, momentum } = settings
    const gradient = decayedGradient(parameter, grad, settings)
    state.step++
    const scaled = gradient.div(meanSquare(state, gradient, settings).sqrt().add_(eps))
    if (momentum === 0) {
      parameter.sub_(scaled.mul_(lr))
      return
    }
    state.momentumBuffer ??= zerosLike(parameter)
    state.momentumBuffer.mul_(momentum).add_(scaled)
    parameter.sub_(state.momentumBuffer.mul(lr))
  }
}

/** s, or s − m²: the mean of squares, of the gradient or of what it deviates by. */
function meanSquare(
  state: RMSpropState,
  gradient: Tensor,
  { alpha, centered }: RMSpropSettings,
): Tensor {
  const square = state.squareAvg
  square.mul_(alpha).add_(gradient.square().mul_(1 - alpha))
  if (!centered) return square
  state.gradAvg ??= zerosLike(gradient)
  state.gradAvg.mul_(alpha).add_(gradient.mul(1 - alpha))
  return square.sub(state.gradAvg.square())
}
