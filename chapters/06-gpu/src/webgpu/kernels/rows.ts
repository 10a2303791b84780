import { mergeAxes, type View } from '@deepdive/tensor'
import type { Recorder } from '../recorder.ts'
import { reads, type Use, writes } from '../uses.ts'
import { head, sizeOfView } from '../views.ts'
import { elementTypes, loaded, stored } from '../wgsl/element.ts'
import { type Binding, kernel, workgroupWidth } from '../wgsl/kernel.ts'
import {
  elementInRow,
  indexFromPlace,
  sizeFields,
  startsOf,
  walkFields,
  walkWords,
} from '../wgsl/walk.ts'

/** What a kernel does with each row, which lies along the last axis of `like`. */
export interface RowWork {
  readonly operation: string
  /** The views by name; one without the last axis has a single element for each row. */
  readonly inputs: Readonly<Record<string, View>>
  readonly outs: Readonly<Record<string, View>>
  /** Parameters of the row's kind: `classes: i32`, and their values. */
  readonly numbers?: Readonly<Record<string, number>>
  readonly extra?: readonly { readonly binding: Binding; readonly use: Use }[]
  /** The statements, made by `at` and `put`; every invocation of a row runs them all. */
  readonly body: (at: At, put: Put) => string
}

/** The i-th element of a row of the view of that name. */
export type At = (name: string, i: string) => string

/** A statement that makes the i-th element of a row of that view a number. */
type Put = (name: string, i: string, number: string) => string

/** A statement for all elements of a row: they are shared out among its invocations. */
export function forEachInRow(statement: string): string {
  return `for (var i = first; i < end; i += i32(lanes)) { ${statement} }`
}

/**
 * Each row has a workgroup, or a part of one, whose invocations take every so-manieth
 * element. What they found, `joinSums` and `joinLargest` tell to all of them.
 */
export function forEachRow(recorder: Recorder, work: RowWork): void {
  const { operation, inputs, outs, numbers = {}, extra = [] } = work
  const views = { ...outs, ...inputs }
  const list = Object.values(views)
  const rank = Math.max(...list.map(({ shape }) => shape.length))
  const longest = list.find(({ shape }) => shape.length === rank) ?? list[0]
  const length = longest.shape[rank - 1]
  const rows = sizeOfView(longest) / Math.max(1, length)
  const { shape, strides } = mergeAxes(list.map((view) => head(view, rank - 1)))
  const lanes = length <= 256 ? 32 : workgroupWidth
  const types = list.map(({ dtype }) => dtype)
  recorder.run({
    operation,
    program: `${operation}: ${types.join(', ')}, rank ${shape.length}, lanes ${lanes}`,
    source: () => write(work, shape.length, lanes),
    uses: [
      ...Object.values(outs).map((view) => writes(operation, view)),
      ...Object.values(inputs).map((view) => reads(operation, view)),
      ...extra.map(({ use }) => use),
    ],
    words: [
      length,
      rows,
      ...Object.values(numbers),
      ...shape.slice(1),
      ...list.flatMap((view, n) =>
        walkWords(view.offset, [...strides[n], view.strides[rank - 1] ?? 0]),
      ),
    ],
    groups: length === 0 ? 0 : Math.ceil((rows * lanes) / workgroupWidth),
  })
}

function write(work: RowWork, rank: number, lanes: number): string {
  const { inputs, outs, numbers = {}, extra = [], body } = work
  const views = { ...outs, ...inputs }
  const names = Object.keys(views)
  const element: At = (name, i) => elementInRow(name, i, rank)
  const at: At = (name, i) => loaded(element(name, i), views[name].dtype)
  const put: Put = (name, i, number) =>
    `${element(name, i)} = ${stored(number, views[name].dtype)};`
  const binding =
    (access: Binding['access']) =>
    (entry: [string, View]): Binding => ({
      name: entry[0],
      type: elementTypes[entry[1].dtype],
      access,
    })
  return kernel({
    parameters: [
      'length: i32',
      'rows: u32',
      ...Object.keys(numbers).map((name) => `${name}: i32`),
      ...sizeFields('n', rank),
      ...names.flatMap((name) => walkFields(name, rank + 1)),
    ],
    bindings: [
      ...Object.entries(outs).map(binding('read_write')),
      ...Object.entries(inputs).map(binding('read')),
      ...extra.map((more) => more.binding),
    ],
    before: joins(lanes),
    body: `
  let row = group * ${workgroupWidth}u / lanes + lane / lanes;
  let first = i32(lane % lanes);
  let end = select(0, p.length, row < p.rows);
  ${indexFromPlace('n', rank, 'row')}
  ${startsOf(names, 'n', rank)}
  ${body(at, put)}`,
  })
}

/** What the invocations of a row have found, joined in a tree. */
function joins(lanes: number): string {
  const join = (name: string, joined: string) => `
fn ${name}(lane: u32, value: f32) -> f32 {
  founds[lane] = value;
  for (var half = lanes / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane % lanes < half) {
      let a = founds[lane];
      let b = founds[lane + half];
      founds[lane] = ${joined};
    }
  }
  workgroupBarrier();
  let found = founds[lane - lane % lanes];
  workgroupBarrier();
  return found;
}`
  return `
const lanes = ${lanes}u;
var<workgroup> founds: array<f32, ${workgroupWidth}>;
${join('joinSums', 'a + b')}
${join('joinLargest', 'larger(a, b)')}`
}
