import type { Window } from '@deepdive/conv'
import type { View } from '@deepdive/tensor'
import { range } from '../range.ts'
import type { Recorder } from '../recorder.ts'
import { changes, reads, writes } from '../uses.ts'
import { sizeOfView } from '../views.ts'
import { elementTypes, loaded, numberType, stored } from '../wgsl/element.ts'
import { forEachPlace, groupsFor, kernel } from '../wgsl/kernel.ts'
import { indexFromPlace } from '../wgsl/walk.ts'
import {
  elementAt,
  forEachInWindow,
  outputFields,
  type WindowAxes,
  windowAxes,
} from './window-axes.ts'

/** An invocation for each element of each window looks where in x it stands. */
export function gatherWindows(
  recorder: Recorder,
  x: View,
  window: Window,
  out: View,
): void {
  const axes = windowAxes(x, out, window)
  const size = sizeOfView(out)
  const shape = [...axes.leadShape, ...out.shape.slice(-2 * axes.rank)]
  recorder.run({
    operation: 'gatherWindows',
    program: `gatherWindows: ${x.dtype}, ranks ${axes.lead}, ${axes.rank}`,
    source: () => writeGather(x, axes),
    uses: [writes('gatherWindows', out), reads('gatherWindows', x)],
    words: [size, ...shape.slice(1), ...axes.words],
    groups: groupsFor(size),
  })
}

function writeGather({ dtype }: View, axes: WindowAxes): string {
  const { lead, rank } = axes
  const type = elementTypes[dtype]
  const each = range(rank)
  const o = each.map((n) => `i32(n_i${lead + n})`)
  const k = each.map((n) => `i32(n_i${lead + rank + n})`)
  const places = each.map(
    (n) =>
      `let at${n} = ${o[n]} * p.stride${n} + ${k[n]} * p.dilation${n} - p.before${n};`,
  )
  const inside = each.map((n) => `at${n} >= 0 && at${n} < p.extent${n}`).join(' && ')
  const at = each.map((n) => `at${n}`)
  return kernel({
    parameters: ['size: u32', ...outputFields(lead + 2 * rank), ...axes.fields],
    bindings: [
      { name: 'windows', type, access: 'read_write' },
      { name: 'x', type, access: 'read' },
    ],
    body: forEachPlace(`${indexFromPlace('n', lead + 2 * rank, 'place')}
  ${places.join('\n  ')}
  var element = ${type}();
  if (${inside}) { element = ${elementAt('x', axes, at)}; }
  ${elementAt('windows', axes, [...o, ...k])} = element;`),
  })
}

/**
 * An invocation for each element of x adds up what all windows hold for it: the k-th
 * element of window o stands at o · stride + k · dilation − before.
 */
export function addWindows(
  recorder: Recorder,
  windows: View,
  window: Window,
  x: View,
): void {
  const axes = windowAxes(x, windows, window)
  const size = sizeOfView(x)
  const shape = [...axes.leadShape, ...x.shape.slice(-axes.rank)]
  recorder.run({
    operation: 'addWindows',
    program: `addWindows: ${x.dtype}, ranks ${axes.lead}, ${axes.rank}`,
    source: () => writeAdd(x, axes),
    uses: [changes('addWindows', x), reads('addWindows', windows)],
    words: [size, ...shape.slice(1), ...axes.words],
    groups: groupsFor(size),
  })
}

function writeAdd({ dtype }: View, axes: WindowAxes): string {
  const { lead, rank } = axes
  const type = elementTypes[dtype]
  const element = (name: 'x' | 'windows', indices: readonly string[]) =>
    elementAt(name, axes, indices)
  const each = range(rank)
  const at = each.map((n) => `i32(n_i${lead + n})`)
  const steps = each.map(
    (n) => `let shift${n} = ${at[n]} + p.before${n} - k${n} * p.dilation${n};
  let o${n} = shift${n} / p.stride${n};`,
  )
  const held = each.map(
    (n) => `shift${n} >= 0 && shift${n} % p.stride${n} == 0 && o${n} < p.count${n}`,
  )
  const [o, k] = ['o', 'k'].map((name) => each.map((n) => `${name}${n}`))
  return kernel({
    parameters: ['size: u32', ...outputFields(lead + rank), ...axes.fields],
    bindings: [
      { name: 'x', type, access: 'read_write' },
      { name: 'windows', type, access: 'read' },
    ],
    body: forEachPlace(`${indexFromPlace('n', lead + rank, 'place')}
  var sum = ${numberType(dtype)}();
  ${forEachInWindow(
    rank,
    `  ${steps.join('\n  ')}
  if (${held.join(' && ')}) { sum += ${loaded(element('windows', [...o, ...k]), dtype)}; }`,
  )}
  ${element('x', at)} = ${stored(`${loaded(element('x', at), dtype)} + sum`, dtype)};`),
  })
}
