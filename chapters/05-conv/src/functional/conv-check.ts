import type { Tensor } from '@deepdive/autograd'
import { formatShape, ShapeError } from '@deepdive/tensor'
import { checkWhole } from '../whole.ts'
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
  checkWhole(op, 'groups', groups)
  checkGroups(op, groups, {
    'input channels': inChannels,
    'output channels': outChannels,
  })
}

/** @throws ShapeError where a weight has not two axes more than its filters slide over. */
export function checkWeight(
  op: string,
  weight: Tensor,
  rank: number,
  layout: string,
): void {
  if (weight.ndim === rank + 2) return
  throw new ShapeError(
    `${op}: the weight must have ${rank + 2} axes, ${layout}, not ` +
      formatShape(weight.shape),
  )
}

/** @throws ShapeError where the channels of the input, or the bias, do not fit. */
export function checkChannels(
  op: string,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  { groups, inChannels, outChannels }: Channels,
): void {
  if (x.shape[1] !== inChannels) {
    const inGroups = groups === 1 ? '' : ` in ${groups} groups`
    throw new ShapeError(
      `${op}: the input has ${x.shape[1]} channels, but the weight ` +
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
