import { mergeAxes, type View } from '@deepdive/tensor'
import type { Recorder } from '../recorder.ts'
import { reads, writes } from '../uses.ts'
import { head, sizeOfView } from '../views.ts'
import { elementTypes, kernel, workgroupWidth } from '../wgsl/kernel.ts'
import { keyOf } from '../wgsl/order.ts'
import {
  indexFromPlace,
  placeOf,
  sizeFields,
  walkFields,
  walkWords,
} from '../wgsl/walk.ts'
import { scratchView } from './scratch.ts'

/**
 * Merge sort, in which each element finds its new place by itself. Two sorted runs become
 * one: an element goes as far to the right as it stood in its own run, and as many places
 * further as the other run has smaller ones, which halving that run again and again tells.
 *
 *     runs    2 5 7 | 1 3 9      5 stood at 1, and 2 in the other run are smaller:
 *     merged  1 2 3 5 7 9        it goes to 1 + 2 = 3
 *
 * Of equal elements the one that stood first counts as the smaller, so the sort is stable.
 * Runs of up to 256 are sorted in the memory of a workgroup, longer ones in passes.
 */
export function argsort(recorder: Recorder, x: View, out: View): void {
  const length = x.shape[x.shape.length - 1]
  if (sizeOfView(x) === 0) return
  if (length <= workgroupWidth) {
    sortRuns(recorder, x, out)
    return
  }
  const scratch = () => scratchView(recorder, out, out.shape, 'int32')
  let [from, to] = [scratch(), scratch()]
  const both = [from, to]
  sortRuns(recorder, x, from)
  for (let width = workgroupWidth; width < length; width *= 2) {
    const isLast = width * 2 >= length
    mergeRuns(recorder, x, from, isLast ? out : to, width)
    ;[from, to] = [to, from]
  }
  for (const { storage } of both) recorder.release(storage)
}

function sortRuns(recorder: Recorder, x: View, out: View): void {
  run(
    recorder,
    'runs',
    x,
    [out],
    [],
    (key, place) => `
  var mine = Item(0xffffffffu, p.length);
  if (index < p.length) { mine = Item(${key('index')}, index); }
  for (var width = 1u; width < ${workgroupWidth}u; width *= 2u) {
    items[lane] = mine;
    workgroupBarrier();
    let other = ((lane / width) ^ 1u) * width;
    var low = other;
    var high = other + width;
    while (low < high) {
      let middle = (low + high) / 2u;
      if (before(items[middle], mine)) { low = middle + 1u; } else { high = middle; }
    }
    let goal = (lane / (2u * width)) * 2u * width + lane % width + low - other;
    workgroupBarrier();
    items[goal] = mine;
    workgroupBarrier();
    mine = items[lane];
    workgroupBarrier();
  }
  if (index < p.length) { ${place('out', 'index')} = mine.place; }`,
  )
}

function mergeRuns(
  recorder: Recorder,
  x: View,
  from: View,
  out: View,
  width: number,
): void {
  run(
    recorder,
    'merge',
    x,
    [out, from],
    [width],
    (key, place) => `
  if (index >= p.length) { return; }
  let own = ${place('source', 'index')};
  let mine = Item(${key('own')}, own);
  let run = index / p.width;
  let other = min((run ^ 1) * p.width, p.length);
  var low = other;
  var high = min(other + p.width, p.length);
  while (low < high) {
    let middle = (low + high) / 2;
    let place = ${place('source', 'middle')};
    if (before(Item(${key('place')}, place), mine)) { low = middle + 1; } else { high = middle; }
  }
  let goal = (run & ~1) * p.width + index - run * p.width + low - other;
  ${place('out', 'goal')} = own;`,
  )
}

/** A kernel for each element of each row: the `index`-th of its row. */
function run(
  recorder: Recorder,
  name: string,
  x: View,
  outs: readonly View[],
  extra: readonly number[],
  body: (
    key: (place: string) => string,
    at: (name: string, i: string) => string,
  ) => string,
): void {
  const last = x.shape.length - 1
  const length = x.shape[last]
  const views = [x, ...outs]
  const names = ['x', 'out', 'source'].slice(0, views.length)
  const { shape, strides } = mergeAxes(views.map((view) => head(view, last)))
  const rank = shape.length
  const blocks = Math.ceil(length / workgroupWidth)
  const rows = sizeOfView(x) / length
  recorder.run({
    operation: 'argsort',
    program: `argsort ${name}: ${x.dtype}, rank ${rank}`,
    source: () => write(x, names, rank, extra.length > 0, body),
    uses: views.map((view, n) => (n === 1 ? writes : reads)('argsort', view)),
    words: [
      length,
      blocks,
      rows,
      ...extra,
      ...shape.slice(1),
      ...views.flatMap((view, n) =>
        walkWords(view.offset, [...strides[n], view.strides[last]]),
      ),
    ],
    groups: rows * blocks,
  })
}

function write(
  x: View,
  names: readonly string[],
  rank: number,
  merges: boolean,
  body: Parameters<typeof run>[5],
): string {
  const at = (name: string, index: string) =>
    `${name}[${name}_start + ${index} * p.${name}_step${rank}]`
  return kernel({
    parameters: [
      'length: i32',
      'blocks: u32',
      'rows: u32',
      ...(merges ? ['width: i32'] : []),
      ...sizeFields('n', rank),
      ...names.flatMap((name) => walkFields(name, rank + 1)),
    ],
    bindings: names.map((name) => ({
      name,
      type: name === 'x' ? elementTypes[x.dtype] : 'i32',
      access: name === 'out' ? 'read_write' : 'read',
    })),
    before: `
struct Item { key: u32, place: i32 }
fn before(a: Item, b: Item) -> bool {
  return a.key < b.key || (a.key == b.key && a.place < b.place);
}
${merges ? '' : `var<workgroup> items: array<Item, ${workgroupWidth}>;`}`,
    body: `
  let row = group / p.blocks;
  if (row >= p.rows) { return; }
  let index = i32(group % p.blocks * ${workgroupWidth}u + lane);
  ${indexFromPlace('n', rank, 'row')}
  ${names.map((name) => `let ${name}_start = ${placeOf(name, 'n', rank)};`).join('\n  ')}
  ${body((place) => keyOf[x.dtype](at('x', place)), at)}`,
  })
}
