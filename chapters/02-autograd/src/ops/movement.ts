import {
  arange,
  type Device,
  type DType,
  cat as joinArrays,
  type NDArray,
  type Shape,
  sizeOf,
} from '@deepdive/tensor'
import type { Op } from '../op.ts'

/** The same elements under another shape. */
export const reshape = (shape: Shape): Op => ({
  name: 'reshape',
  forward: (x) => x.reshape(shape),
  gradient: (grad, { inputs: [x] }) => [grad.reshape(x.shape)],
})

/** The axes in another order; the gradient takes them back. */
export const permute = (dims: readonly number[]): Op => ({
  name: 'permute',
  settings: { dims },
  forward: (x) => x.permute(dims),
  gradient: (grad) => {
    const axes = dims.map((dim) => (dim < 0 ? dim + dims.length : dim))
    return [grad.permute(axes.map((_, axis) => axes.indexOf(axis)))]
  },
})

/** Stretched axes; unbroadcast.ts sums the gradient back. */
export const expand = (shape: Shape): Op => ({
  name: 'expand',
  forward: (x) => x.expand(shape),
  gradient: (grad) => [grad],
})

type View = (x: NDArray) => NDArray
type Settings = NonNullable<Op['settings']>

/** Some of the elements, each at most once: a slice, a diagonal. */
export const pick = (name: string, view: View, settings: Settings = {}): Op => ({
  name,
  settings,
  forward: view,
  gradient: (grad, { inputs: [x] }) => [grad.apply(putBack(name, view, x.shape))],
})

/** The other way round: elements put where the view took them from, 0 elsewhere. */
const putBack = (name: string, view: View, shape: Shape): Op => ({
  name: `${name}Back`,
  forward: (x) => {
    const out = x.newEmpty(shape)
    view(out).copy_(x)
    return out
  },
  gradient: (grad) => [grad.apply(pick(name, view))],
})

/** Windows along an axis, in which an element may stand several times. */
export const unfold = (dim: number, size: number, step: number): Op => ({
  name: 'unfold',
  settings: { dim, size, step },
  forward: (x) => x.unfold(dim, size, step),
  gradient: (grad, { inputs: [x] }) => [grad.apply(fold(dim, size, step, x.shape))],
})

/** The other way round: each element adds up what its windows hold. */
const fold = (dim: number, size: number, step: number, shape: Shape): Op => ({
  name: 'unfoldBack',
  forward: (windows) => {
    const all = arange(sizeOf(shape), { device: windows.device }).reshape(shape)
    const places = all.unfold(dim, size, step).flatten()
    const sums = windows.newEmpty([sizeOf(shape)])
    return sums.scatterAdd(0, places, windows.flatten()).reshape(shape)
  },
  gradient: (grad) => [grad.apply(unfold(dim, size, step))],
})

/** x in the middle of `value`: `before` and `after` elements more along each axis. */
export const pad = (
  before: readonly number[],
  after: readonly number[],
  value: number,
): Op => ({
  name: 'pad',
  settings: { before, after, value },
  forward: (x) => {
    const shape = x.shape.map((extent, axis) => before[axis] + extent + after[axis])
    const out = x.newEmpty(shape).fill_(value)
    inside(out, before, x.shape).copy_(x)
    return out
  },
  gradient: (grad, { inputs: [x] }) => [inside(grad, before, x.shape)],
})

function inside<X extends { narrow(dim: number, start: number, length: number): X }>(
  x: X,
  start: readonly number[],
  shape: Shape,
): X {
  return shape.reduce((part, extent, axis) => part.narrow(axis, start[axis], extent), x)
}

/** Arrays one after another along `dim`; each takes back its own part. */
export const cat = (dim: number): Op => ({
  name: 'cat',
  settings: { dim },
  forward: (...arrays) => joinArrays(arrays, dim),
  gradient: (grad, { inputs }) => {
    let end = 0
    return inputs.map((x) => {
      const length = x.size(dim)
      const start = end
      end += length
      return () => grad.narrow(dim, start, length)
    })
  },
})

/** The same numbers as another dtype, or on another device. */
export const to = (target: DType | Device): Op => ({
  name: 'to',
  forward: (x) => x.to(target),
  gradient: (grad, { inputs: [x] }) => [grad.to(x.dtype).to(x.device)],
})

/** The same numbers in memory of their own. */
export const clone: Op = {
  name: 'clone',
  forward: (x) => x.clone(),
  gradient: (grad) => [grad],
}
