import type { Window } from '@deepdive/conv'
import { isFloatingPoint, type View } from '@deepdive/tensor'
import { range } from '../range.ts'
import type { Recorder } from '../recorder.ts'
import { reads, writes } from '../uses.ts'
import { sizeOfView } from '../views.ts'
import { elementTypes, loaded } from '../wgsl/element.ts'
import { type Binding, forEachPlace, groupsFor, kernel } from '../wgsl/kernel.ts'
import { keyOf } from '../wgsl/order.ts'
import { indexFromPlace } from '../wgsl/walk.ts'
import {
  elementAt,
  forEachInWindow,
  outputFields,
  type WindowAxes,
  windowAxes,
} from './window-axes.ts'

/**
 * An invocation for each window goes through its elements, and notes the place in its
 * plane of the largest so far: of equal ones the first, of several NaN the last.
 */
export function largestInWindows(
  recorder: Recorder,
  x: View,
  window: Window,
  out: View,
): void {
  findLargest(recorder, 'largestInWindows', x, window, out)
}

/** As `largestInWindows`, and the element itself. */
export function maxPool(
  recorder: Recorder,
  x: View,
  window: Window,
  y: View,
  places: View,
): void {
  findLargest(recorder, 'maxPool', x, window, places, y)
}

function findLargest(
  recorder: Recorder,
  operation: 'largestInWindows' | 'maxPool',
  x: View,
  window: Window,
  out: View,
  y?: View,
): void {
  const axes = windowAxes(x, out, window)
  const size = sizeOfView(out)
  const shape = [...axes.leadShape, ...out.shape.slice(-axes.rank)]
  recorder.run({
    operation,
    program: `${operation}: ${x.dtype}, ranks ${axes.lead}, ${axes.rank}`,
    source: () => write(x, axes, y !== undefined),
    uses: [
      writes(operation, out),
      reads(operation, x),
      ...(y ? [writes(operation, y)] : []),
    ],
    words: [size, ...shape.slice(1), ...axes.words, ...(y ? [y.offset] : [])],
    groups: groupsFor(size),
  })
}

function write({ dtype }: View, axes: WindowAxes, pools: boolean): string {
  const { lead, rank } = axes
  const each = range(rank)
  const y: Binding = { name: 'y', type: elementTypes[dtype], access: 'read_write' }
  const places = each.map((n) => {
    const first = `i32(n_i${lead + n}) * p.stride${n} - p.before${n}`
    return `let at${n} = ${first} + k${n} * p.dilation${n};`
  })
  const inside = each.map((n) => `at${n} >= 0 && at${n} < p.extent${n}`).join(' && ')
  const at = each.map((n) => `at${n}`)
  const orNan = isFloatingPoint(dtype) ? ` || isNan(${loaded('element', dtype)})` : ''
  const inPlane = each.reduce((place, n) => `(${place} * p.extent${n} + at${n})`, '0')
  return kernel({
    parameters: [
      'size: u32',
      ...outputFields(lead + rank),
      ...axes.fields,
      ...(pools ? ['y_at: u32'] : []),
    ],
    bindings: [
      { name: 'windows', type: 'i32', access: 'read_write' },
      { name: 'x', type: elementTypes[dtype], access: 'read' },
      ...(pools ? [y] : []),
    ],
    body: forEachPlace(`${indexFromPlace('n', lead + rank, 'place')}
  var best = -1;
  var bestKey = 0u;
  var largest = ${elementTypes[dtype]}();
  ${forEachInWindow(
    rank,
    `  ${places.join('\n  ')}
  if (${inside}) {
    let element = ${elementAt('x', axes, at)};
    let key = ${keyOf[dtype]('element')};
    if (best < 0 || key > bestKey${orNan}) {
      best = ${inPlane};
      bestKey = key;
      largest = element;
    }
  }`,
  )}
  ${elementAt(
    'windows',
    axes,
    each.map((n) => `i32(n_i${lead + n})`),
  )} = best;
  ${pools ? 'y[p.y_at + place] = largest;' : ''}`),
  })
}
