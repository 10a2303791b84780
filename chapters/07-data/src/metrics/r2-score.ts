import { cat, type Tensor, tensor } from '@deepdive/autograd'
import { ShapeError, ValueError } from '@deepdive/tensor'
import { checkAlike } from './check-alike.ts'
import { RunningMetric, type Tally } from './running-metric.ts'

/**
 * How much of the targets' variance a model explains, for [N], or on average over the
 * columns of [N, D]:
 *
 *     R² = 1 − Σ (y − ŷ)² / Σ (y − mean y)²
 *
 * 1 is perfect, and 0 no better than the mean. Targets that are all the same give 1
 * where the outputs are that too, and else 0, as in scikit-learn.
 *
 * @example
 * const r2 = new metrics.R2Score()
 * r2.update(tensor([1, 3]), tensor([1, 2]))
 * r2.update(tensor([3, 4]), tensor([3, 4]))
 * await r2.compute() // → 0.8
 */
export class R2Score extends RunningMetric<number> {
  protected readonly name = 'R2Score'

  /** [n, mean y, Σ (y − mean)², Σ (y − ŷ)², the three of the next column, …] */
  protected measure(output: Tensor, target: Tensor): Tensor {
    checkAlike(this.name, output, target)
    const [guess, truth] = [output, target].map((x) => x.reshape([x.size(0), -1]))
    checkColumns(output)
    const mean = truth.mean(0, { keepdim: true })
    const spread = truth.sub(mean).square().sum(0, { keepdim: true })
    const error = truth.sub(guess).square().sum(0, { keepdim: true })
    const count = tensor([target.size(0)], { device: output.device })
    return cat([count, cat([mean, spread, error]).t().flatten()])
  }

  /**
   * Sums of squares around two means become one around the common mean, without the
   * difference of large sums that would lose all digits (Chan, Golub & LeVeque 1979).
   */
  protected merge([n, ...columns]: Tally, [m, ...others]: Tally): Tally {
    const merged: number[] = [n + m]
    for (let at = 0; at < columns.length; at += 3) {
      const [mean, spread, error] = columns.slice(at, at + 3)
      const [otherMean, otherSpread, otherError] = others.slice(at, at + 3)
      const apart = otherMean - mean
      merged.push(
        mean + (apart * m) / (n + m),
        spread + otherSpread + (apart * apart * n * m) / (n + m),
        error + otherError,
      )
    }
    return merged
  }

  protected value([n, ...columns]: Tally): number {
    if (n < 2) throw new ValueError(`R2Score: ${n} sample has no variance: use more`)
    const scores: number[] = []
    for (let at = 0; at < columns.length; at += 3) {
      scores.push(explained(columns[at + 1], columns[at + 2]))
    }
    return scores.reduce((sum, score) => sum + score, 0) / scores.length
  }
}

function explained(spread: number, error: number): number {
  if (spread === 0) return error === 0 ? 1 : 0
  return 1 - error / spread
}

function checkColumns(output: Tensor): void {
  if (output.ndim <= 2) return
  throw new ShapeError(
    `R2Score: outputs of ${output.ndim} axes: they must be [N] or [N, D]`,
  )
}
