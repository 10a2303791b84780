import type { View } from '@deepdive/tensor'
import { elementTypes } from '../wgsl/element.ts'
import { kernel, workgroupWidth } from '../wgsl/kernel.ts'
import { keyOf } from '../wgsl/order.ts'
import {
  elementInRow,
  indexFromPlace,
  sizeFields,
  startsOf,
  walkFields,
} from '../wgsl/walk.ts'

/** An element on its way to its place: what it is sorted by, and where it stood. */
const item = `
struct Item { key: u32, place: i32 }
fn before(a: Item, b: Item) -> bool {
  return a.key < b.key || (a.key == b.key && a.place < b.place);
}`

/**
 * Sorts runs of 256, which a workgroup shares: those of 1, then of 2, of 4, and so on.
 */
export function writeRuns(x: View, rank: number): string {
  return forEachElement(
    { x, rank, names: ['x', 'out'], parameters: [] },
    `${item}
var<workgroup> items: array<Item, ${workgroupWidth}>;`,
    (key, at) => `
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
  if (index < p.length) { ${at('out', 'index')} = mine.place; }`,
  )
}

/** Merges runs of `width`, of which `source` has the places. */
export function writeMerge(x: View, rank: number): string {
  return forEachElement(
    { x, rank, names: ['x', 'out', 'source'], parameters: ['width: i32'] },
    item,
    (key, at) => `
  if (index >= p.length) { return; }
  let own = ${at('source', 'index')};
  let mine = Item(${key('own')}, own);
  let run = index / p.width;
  let other = min((run ^ 1) * p.width, p.length);
  var low = other;
  var high = min(other + p.width, p.length);
  while (low < high) {
    let middle = (low + high) / 2;
    let place = ${at('source', 'middle')};
    let found = Item(${key('place')}, place);
    if (before(found, mine)) { low = middle + 1; } else { high = middle; }
  }
  let goal = (run & ~1) * p.width + index - run * p.width + low - other;
  ${at('out', 'goal')} = own;`,
  )
}

/** What a program for each element of each row depends on. */
interface Rows {
  readonly x: View
  readonly rank: number
  readonly names: readonly string[]
  readonly parameters: readonly string[]
}

/**
 * A program for the `index`-th element of a row: its key, and places in other views.
 */
function forEachElement(
  { x, rank, names, parameters }: Rows,
  before: string,
  body: (
    key: (place: string) => string,
    at: (name: string, i: string) => string,
  ) => string,
): string {
  const at = (name: string, i: string) => elementInRow(name, i, rank)
  return kernel({
    parameters: [
      'length: i32',
      'blocks: u32',
      'rows: u32',
      ...parameters,
      ...sizeFields('n', rank),
      ...names.flatMap((name) => walkFields(name, rank + 1)),
    ],
    bindings: names.map((name) => ({
      name,
      type: name === 'x' ? elementTypes[x.dtype] : 'i32',
      access: name === 'out' ? 'read_write' : 'read',
    })),
    before,
    body: `
  let row = group / p.blocks;
  if (row >= p.rows) { return; }
  let index = i32(group % p.blocks * ${workgroupWidth}u + lane);
  ${indexFromPlace('n', rank, 'row')}
  ${startsOf(names, 'n', rank)}
  ${body((place) => keyOf[x.dtype](at('x', place)), at)}`,
  })
}
