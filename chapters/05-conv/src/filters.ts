import { zeros } from '@deepdive/autograd'
import { type BiasOption, init, Module, Parameter } from '@deepdive/nn'
import { checkCount, optionsOf, type Shape, sizeOf } from '@deepdive/tensor'
import { describeOption, describeWindow } from './describe-window.ts'
import { checkFilterGroups } from './functional/conv-check.ts'
import { type PerAxis, perAxis } from './window.ts'

/** What each layer that slides filters is told. */
export interface FilterOptions extends BiasOption {
  /** How far one window lies from the next. Default: 1. */
  readonly stride?: PerAxis
  /** How far one element of a window lies from the next. Default: 1. */
  readonly dilation?: PerAxis
  /** Into how many groups the channels are divided, each on its own. Default: 1. */
  readonly groups?: number
}

/** A layer that slides filters, one way or the other: what all of them have. */
export abstract class Filters extends Module {
  readonly inChannels: number
  readonly outChannels: number
  readonly kernelSize: readonly number[]
  readonly stride: readonly number[]
  abstract readonly padding: readonly number[] | string
  readonly dilation: readonly number[]
  readonly groups: number
  weight: Parameter
  bias: Parameter | null

  /** `transposed` tells which of the two counts of channels leads the weight. */
  constructor(
    rank: number,
    transposed: boolean,
    inChannels: number,
    outChannels: number,
    kernelSize: PerAxis,
    options: FilterOptions,
  ) {
    super()
    const kind = new.target.name
    const given = optionsOf(kind, options)
    const { stride = 1, dilation = 1, groups = 1, bias = true } = given
    checkCount(kind, { inChannels, outChannels })
    checkFilterGroups(kind, { groups, inChannels, outChannels })
    this.inChannels = inChannels
    this.outChannels = outChannels
    this.kernelSize = perAxis(kind, 'kernelSize', kernelSize, rank, 1)
    this.stride = perAxis(kind, 'stride', stride, rank, 1)
    this.dilation = perAxis(kind, 'dilation', dilation, rank, 1)
    this.groups = groups
    const lead = transposed
      ? [inChannels, outChannels / groups]
      : [outChannels, inChannels / groups]
    this.weight = startFilters([...lead, ...this.kernelSize])
    this.bias = bias ? startBias(outChannels, this.weight.shape) : null
  }

  override extraRepr(): string {
    const { inChannels, outChannels, groups, bias } = this
    const channels = `${inChannels} → ${outChannels}`
    const grouped = describeOption('groups', groups, 1)
    return `${channels}, ${describeWindow(this)}${grouped}${bias ? '' : ', no bias'}`
  }
}

/** PyTorch's start: a slope of √5 is chosen so that it comes to ±1/√(fan-in). */
function startFilters(shape: Shape): Parameter {
  return new Parameter(init.kaimingUniform_(zeros(shape), { a: Math.sqrt(5) }))
}

function startBias(count: number, [, ...inFilter]: Shape): Parameter {
  const bound = 1 / Math.sqrt(sizeOf(inFilter))
  return new Parameter(init.uniform_(zeros([count]), -bound, bound))
}
