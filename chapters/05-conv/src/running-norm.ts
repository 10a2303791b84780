import { ones, tensor, zeros } from '@deepdive/autograd'
import { Buffer, Module, Parameter } from '@deepdive/nn'
import { checkCount, checkNotNegative, optionsOf } from '@deepdive/tensor'

export interface RunningNormOptions {
  /** What is added to the variance. Default: 1e-5. */
  readonly eps?: number
  /**
   * Whether a weight and a bias for each channel are learned. Default: true for
   * BatchNorm, false for InstanceNorm.
   */
  readonly affine?: boolean
  /**
   * Whether running statistics are kept, to normalize by in evaluation. Default: true
   * for BatchNorm, false for InstanceNorm.
   */
  readonly trackRunningStats?: boolean
}

/** A layer that normalizes channels, and may remember their statistics. */
export abstract class RunningNorm extends Module {
  readonly numFeatures: number
  readonly eps: number
  weight: Parameter | null
  bias: Parameter | null
  runningMean: Buffer | null
  runningVar: Buffer | null
  numBatchesTracked: Buffer | null

  constructor(numFeatures: number, keeps: boolean, options: RunningNormOptions) {
    super()
    const given = optionsOf(new.target.name, options)
    const { eps = 1e-5, affine = keeps, trackRunningStats = keeps } = given
    checkCount(new.target.name, { numFeatures })
    checkNotNegative(new.target.name, { eps })
    this.numFeatures = numFeatures
    this.eps = eps
    this.weight = affine ? new Parameter(ones([numFeatures])) : null
    this.bias = affine ? new Parameter(zeros([numFeatures])) : null
    this.runningMean = trackRunningStats ? new Buffer(zeros([numFeatures])) : null
    this.runningVar = trackRunningStats ? new Buffer(ones([numFeatures])) : null
    const count = tensor(0, { dtype: 'int32' })
    this.numBatchesTracked = trackRunningStats ? new Buffer(count) : null
  }

  /** Whether to normalize by the data at hand, as without running statistics always. */
  protected get usesData(): boolean {
    return this.training || this.runningMean === null
  }

  override extraRepr(): string {
    return [
      this.numFeatures,
      ...(this.weight ? [] : ['no weight']),
      ...(this.runningMean ? [] : ['no running statistics']),
    ].join(', ')
  }
}
