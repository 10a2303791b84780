import type { Tensor } from '@deepdive/autograd'
import { checkCount, formatShape, ShapeError } from '@deepdive/tensor'
import { checkAxes } from './batched.ts'
import { checkFloat } from './check-float.ts'
import { checkGroups } from './groups.ts'

/** What filters take in and give out, over all groups. */
export interface Channels {
  readonly groups: number
  readonly inChannels: number
  readonly outChannels: number
}

/**
 * @throws ValueError where the channels that go in, or those that come out, cannot be
 * divided among the groups.
 */
export function checkFilterGroups(
  op: string,
  { groups, inChannels, outChannels }: Channels,
): void {
  checkCount(op, { groups })
  checkGroups(op, groups, {
    'input channels': inChannels,
    'output channels': outChannels,
  })
}

/** What a convolution is called with, or a transposed one. */
export interface FilterCall {
  readonly input: Tensor
  readonly weight: Tensor
  readonly bias: Tensor | null
  readonly groups: number
  /** Whether the channels that go in lead the weight, and not those that come out. */
  readonly transposed: boolean
}

/** Refuses what does not fit together, before anything is computed. */
export function checkFilters(op: string, rank: number, call: FilterCall): void {
  checkFloat(op, 'weight', call.weight)
  if (call.bias !== null) checkFloat(op, 'bias', call.bias)
  checkWeight(op, rank, call)
  const channels = channelsOf(call)
  checkFilterGroups(op, channels)
  checkAxes(op, call.input, rank)
  checkChannels(op, rank, call, channels)
}

/**
 * @throws ShapeError where a weight has not two axes more than its filters slide over.
 */
function checkWeight(
  op: string,
  rank: number,
  { weight, transposed }: FilterCall,
): void {
  if (weight.ndim === rank + 2) return
  const layout = transposed ? '[in, out / groups, …]' : '[out, in / groups, …]'
  throw new ShapeError(
    `${op}: the weight must have ${rank + 2} axes, ${layout}, not ` +
      formatShape(weight.shape),
  )
}

function channelsOf({ weight, groups, transposed }: FilterCall): Channels {
  const [lead, inGroup] = weight.shape
  return transposed
    ? { groups, inChannels: lead, outChannels: inGroup * groups }
    : { groups, inChannels: inGroup * groups, outChannels: lead }
}

/** @throws ShapeError where the channels of the input, or the bias, do not fit. */
function checkChannels(
  op: string,
  rank: number,
  { input, weight, bias }: FilterCall,
  { groups, inChannels, outChannels }: Channels,
): void {
  const found = input.size(-rank - 1)
  if (found !== inChannels) {
    const inGroups = groups === 1 ? '' : ` in ${groups} groups`
    throw new ShapeError(
      `${op}: the input has ${found} channels, but the weight ` +
        `${formatShape(weight.shape)}${inGroups} takes ${inChannels}`,
    )
  }
  if (bias && (bias.ndim !== 1 || bias.shape[0] !== outChannels)) {
    throw new ShapeError(
      `${op}: the bias ${formatShape(bias.shape)} is not one number for each of ` +
        `${outChannels} output channels`,
    )
  }
}
