import type { Tensor } from '@deepdive/autograd'
import { type Shape, sizeOf } from '@deepdive/tensor'

/**
 * Each window as a column: [N, C, o₁, o₂, k₁, k₂] as [N, groups, C / groups · k₁ · k₂,
 * o₁ · o₂], all views of what lies in memory.
 */
export function toColumns(windows: Tensor, groups: number): Tensor {
  const [batch, channels, ...both] = windows.shape
  const rank = both.length / 2
  const [counts, sizes] = [both.slice(0, rank), both.slice(rank)]
  const height = (channels / groups) * sizeOf(sizes)
  return exchanged(windows, rank).reshape([batch, groups, height, sizeOf(counts)])
}

/** The other way round, for windows of these sizes, and as many of them. */
export function fromColumns(columns: Tensor, sizes: Shape, counts: Shape): Tensor {
  const [batch, groups, height] = columns.shape
  const channels = (groups * height) / sizeOf(sizes)
  const apart = columns.reshape([batch, channels, ...sizes, ...counts])
  return exchanged(apart, sizes.length)
}

/** Filters as a matrix for each group, with a row for each of the first axis. */
export function filterMatrices(weight: Tensor, groups: number): Tensor {
  const [lead, ...rest] = weight.shape
  return weight.reshape([groups, lead / groups, sizeOf(rest)])
}

/** Each sample as a matrix for each group, with a row for each channel. */
export function channelMatrices(x: Tensor, groups: number): Tensor {
  const [batch, channels, ...extents] = x.shape
  return x.reshape([batch, groups, channels / groups, sizeOf(extents)])
}

/** The `rank` axes before the last `rank` change places with these. */
function exchanged(x: Tensor, rank: number): Tensor {
  const axes = x.shape.map((_, axis) => axis)
  const lead = axes.splice(0, x.ndim - 2 * rank)
  return x.permute([...lead, ...axes.slice(rank), ...axes.slice(0, rank)])
}
