import { type ArgReduceOp, mergeAxes, type View } from '@deepdive/tensor'
import type { Recorder } from '../recorder.ts'
import { reads, writes } from '../uses.ts'
import { head, sizeOfView } from '../views.ts'
import { elementTypes } from '../wgsl/element.ts'
import { kernel, workgroupWidth } from '../wgsl/kernel.ts'
import { fallingKeyOf, keyOf } from '../wgsl/order.ts'
import {
  indexFromPlace,
  placeOf,
  sizeFields,
  walkFields,
  walkWords,
} from '../wgsl/walk.ts'

/**
 * Where the extreme element of each row stands: the invocations of a workgroup look at
 * every so-manieth element each, and their finds meet in a tree. Of equal ones the
 * first wins, and NaN wins over all.
 */
export function argReduce(
  recorder: Recorder,
  op: ArgReduceOp,
  x: View,
  out: View,
): void {
  const outputs = sizeOfView(out)
  const last = x.shape.length - 1
  const { shape, strides } = mergeAxes([out, head(x, last)])
  const lanes = x.shape[last] <= 16 ? 1 : workgroupWidth
  recorder.run({
    operation: op,
    program: `${op}: ${x.dtype}, rank ${shape.length}, lanes ${lanes}`,
    source: () => write(op, x, shape.length, lanes),
    uses: [writes(op, out), reads(op, x)],
    words: [
      outputs,
      x.shape[last],
      x.strides[last],
      ...shape.slice(1),
      ...walkWords(out.offset, strides[0]),
      ...walkWords(x.offset, strides[1]),
    ],
    groups: Math.ceil((outputs * lanes) / workgroupWidth),
  })
}

function write(op: ArgReduceOp, x: View, rank: number, lanes: number): string {
  const key = (op === 'argmax' ? keyOf : fallingKeyOf)[x.dtype]
  return kernel({
    parameters: [
      'outputs: u32',
      'length: i32',
      'step: i32',
      ...sizeFields('k', rank),
      ...walkFields('out', rank),
      ...walkFields('x', rank),
    ],
    bindings: [
      { name: 'out', type: 'i32', access: 'read_write' },
      { name: 'x', type: elementTypes[x.dtype], access: 'read' },
    ],
    before: `
const lanes = ${lanes}u;
struct Find { key: u32, place: i32 }
var<workgroup> finds: array<Find, ${workgroupWidth}>;
fn better(a: Find, b: Find) -> Find {
  if (b.key == a.key) { return Find(a.key, min(a.place, b.place)); }
  if (b.key > a.key) { return b; }
  return a;
}`,
    body: `
  let output = group * ${workgroupWidth}u / lanes + lane / lanes;
  ${indexFromPlace('k', rank, 'output')}
  let start = ${placeOf('x', 'k', rank)};
  var best = Find(0u, p.length);
  let end = select(0, p.length, output < p.outputs);
  for (var place = i32(lane % lanes); place < end; place += i32(lanes)) {
    best = better(best, Find(${key('x[start + place * p.step]')}, place));
  }
  finds[lane] = best;
  for (var half = lanes / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane % lanes < half) { finds[lane] = better(finds[lane], finds[lane + half]); }
  }
  if (lane % lanes == 0u && output < p.outputs) {
    out[${placeOf('out', 'k', rank)}] = finds[lane].place;
  }`,
  })
}
