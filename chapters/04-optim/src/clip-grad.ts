import { noGrad, stack, type Tensor, zeros } from '@deepdive/autograd'
import { checkNotNegative, cpu, ValueError, verify } from '@deepdive/tensor'
import { readParameters } from './read-parameters.ts'
import { withDefaults } from './with-defaults.ts'

export interface ClipGradNormOptions {
  /** p of the norm; Infinity is the greatest element. Default: 2. */
  readonly normType?: number
  /** Refuse gradients whose norm is NaN or infinite. Default: false. */
  readonly errorIfNonfinite?: boolean
}

/**
 * Shortens all gradients together to a norm of at most `maxNorm`, in place, and returns
 * the norm that they had, so that a rare huge gradient cannot do harm:
 *
 *     n = (Σ |g|ᵖ)^(1/p) over all elements of all gradients
 *     g ← g · min(1, maxNorm / (n + 1e-6))
 *
 * With a `maxNorm` of Infinity it only measures.
 *
 * Source: Pascanu, Mikolov & Bengio 2013, "On the difficulty of training recurrent
 * neural networks", algorithm 1.
 *
 * @throws ValueError where an option makes no sense, or the norm, if asked for.
 * @example
 * const w = tensor([1, 1], { requiresGrad: true })
 * w.mul(tensor([30, 40])).sum().backward()
 * clipGradNorm_([w], 1) // → tensor(50.)
 * w.grad // → tensor([0.6000, 0.8000])
 */
export function clipGradNorm_(
  parameters: Tensor | Iterable<Tensor>,
  maxNorm: number,
  options: ClipGradNormOptions = {},
): Tensor {
  const defaults = { normType: 2, errorIfNonfinite: false }
  const { normType, errorIfNonfinite } = withDefaults(
    'clipGradNorm_',
    defaults,
    options,
  )
  const limited = maxNorm !== Infinity
  if (limited) checkNotNegative('clipGradNorm_', { maxNorm })
  checkNormType(normType)
  return noGrad(() => {
    const gradients = gradientsOf('clipGradNorm_', parameters)
    if (gradients.length === 0) return zeros([])
    const norm = totalNorm(gradients, normType)
    if (errorIfNonfinite) refuseNonfinite(norm, normType)
    if (limited) shorten(gradients, norm, maxNorm)
    return norm
  })
}

function shorten(gradients: readonly Tensor[], norm: Tensor, maxNorm: number): void {
  const factor = norm.add(1e-6).reciprocal().mul_(maxNorm).clamp(null, 1)
  for (const gradient of gradients) gradient.mul_(factor)
}

/**
 * `clipGradNorm_`, by a name without underscore.
 *
 * @example clipGradNorm === clipGradNorm_ // → true
 */
export const clipGradNorm = clipGradNorm_

/**
 * Limits each element of each gradient to [−clipValue, clipValue], in place. Unlike
 * `clipGradNorm_` this may turn the gradient's direction.
 *
 * @throws ValueError where `clipValue` is negative or not finite.
 * @example
 * const w = tensor([1, 1], { requiresGrad: true })
 * w.mul(tensor([-3, 0.5])).sum().backward()
 * clipGradValue_([w], 1)
 * w.grad // → tensor([-1.0000,  0.5000])
 */
export function clipGradValue_(
  parameters: Tensor | Iterable<Tensor>,
  clipValue: number,
): void {
  checkNotNegative('clipGradValue_', { clipValue })
  noGrad(() => {
    for (const gradient of gradientsOf('clipGradValue_', parameters)) {
      gradient.copy_(gradient.clamp(-clipValue, clipValue))
    }
  })
}

/**
 * `clipGradValue_`, by a name without underscore.
 *
 * @example clipGradValue === clipGradValue_ // → true
 */
export const clipGradValue = clipGradValue_

function gradientsOf(name: string, parameters: Tensor | Iterable<Tensor>): Tensor[] {
  const gradients = readParameters(name, parameters).map(({ grad }) => grad)
  return gradients.filter((grad) => grad !== null)
}

/** The norm of all elements is the norm of the gradients' norms. */
function totalNorm(gradients: readonly Tensor[], p: number): Tensor {
  const norms = gradients.map((gradient) => normOf(gradient, p))
  return norms.length === 1 ? norms[0] : normOf(stack(norms), p)
}

function normOf(x: Tensor, p: number): Tensor {
  return p === 2 ? x.square().sum().sqrt() : x.norm(p)
}

function checkNormType(normType: number): void {
  if (normType > 0) return
  throw new ValueError(
    `clipGradNorm_: normType is ${normType}: it must be a number > 0, or Infinity`,
  )
}

function refuseNonfinite(norm: Tensor, normType: number): void {
  verify(norm.lt(Infinity).array, () => {
    const size = norm.device === cpu ? `${norm.item()}` : 'infinite or NaN'
    return new ValueError(
      `clipGradNorm_: the gradients' norm of order ${normType} is ${size}: look for ` +
        'its cause by detectAnomaly',
    )
  })
}
