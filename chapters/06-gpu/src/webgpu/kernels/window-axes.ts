import type { Window } from '@deepdive/conv'
import { mergeAxes, type View } from '@deepdive/tensor'
import { range } from '../range.ts'
import { head } from '../views.ts'
import { sizeFields, walkFields, walkWords } from '../wgsl/walk.ts'

/**
 * What kernels on windows have in common. Axes that lead to a plane are merged; behind
 * them come, for each axis that the window slides along, the axis of x, that of the
 * windows, and that of their elements:
 *
 *     x          [lead…, extent…]
 *     windows    [lead…, count…, size…]      or [lead…, count…]
 */
export interface WindowAxes {
  /** How many merged axes lead to a plane. */
  readonly lead: number
  readonly leadShape: readonly number[]
  /** How many axes the window slides along. */
  readonly rank: number
  readonly fields: readonly string[]
  readonly words: readonly number[]
}

export function windowAxes(x: View, windows: View, window: Window): WindowAxes {
  const rank = window.length
  const leads = x.shape.length - rank
  const { shape, strides } = mergeAxes([head(x, leads), head(windows, leads)])
  const counts = windows.shape.slice(leads, leads + rank)
  const steps = (view: View, n: number) => [...strides[n], ...view.strides.slice(leads)]
  const lead = shape.length
  return {
    lead,
    leadShape: shape,
    rank,
    fields: [
      ...window.flatMap((_, n) =>
        ['extent', 'count', 'size', 'stride', 'dilation', 'before'].map(
          (name) => `${name}${n}: i32`,
        ),
      ),
      ...walkFields('x', lead + rank),
      ...walkFields('windows', lead + windows.shape.length - leads),
    ],
    words: [
      ...window.flatMap(({ size, stride, dilation, before }, n) => [
        x.shape[leads + n],
        counts[n],
        size,
        stride,
        dilation,
        before,
      ]),
      ...walkWords(x.offset, steps(x, 0)),
      ...walkWords(windows.offset, steps(windows, 1)),
    ],
  }
}

/** The sizes of an invocation's axes, of which the first is not needed. */
export function outputFields(axes: number): string[] {
  return sizeFields('n', axes)
}

/**
 * `name[…]` at the start of the plane of this invocation, and `indices` from there on.
 */
export function elementAt(
  name: 'x' | 'windows',
  { lead }: WindowAxes,
  indices: readonly string[],
): string {
  const terms = [...range(lead).map((axis) => `i32(n_i${axis})`), ...indices].map(
    (index, axis) => `${index} * p.${name}_step${axis}`,
  )
  return `${name}[p.${name}_at + ${terms.join(' + ')}]`
}

/** WGSL loops `k0`, `k1`, … over all elements of a window, around `body`. */
export function forEachInWindow(rank: number, body: string): string {
  return range(rank).reduceRight(
    (inner, n) => `for (var k${n} = 0; k${n} < p.size${n}; k${n}++) {\n${inner}\n}`,
    body,
  )
}
