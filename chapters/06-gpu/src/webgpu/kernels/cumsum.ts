import { mergeAxes, type View } from '@deepdive/tensor'
import type { Recorder } from '../recorder.ts'
import { reads, writes } from '../uses.ts'
import { head, sizeOfView } from '../views.ts'
import { elementTypes, loaded, numberType, stored } from '../wgsl/element.ts'
import { kernel, workgroupWidth } from '../wgsl/kernel.ts'
import {
  elementInRow,
  indexFromPlace,
  sizeFields,
  startsOf,
  walkFields,
  walkWords,
} from '../wgsl/walk.ts'
import { converted } from './copy.ts'

/**
 * A workgroup goes along a row, 256 elements at a time. Within these, each adds what
 * its neighbour has at a distance of 1, then of 2, of 4, and so on (Hillis & Steele
 * 1986):
 *
 *     elements      a   b    c     d        distance 1: a ab bc cd
 *     sums          a   ab   abc   abcd     distance 2: a ab abc abcd
 */
export function cumsum(recorder: Recorder, x: View, out: View): void {
  const last = x.shape.length - 1
  const rows = sizeOfView(x) / Math.max(1, x.shape[last])
  const { shape, strides } = mergeAxes([head(out, last), head(x, last)])
  const rank = shape.length
  recorder.run({
    operation: 'cumsum',
    program: `cumsum: ${x.dtype}, rank ${rank}`,
    source: () => write(x, out, rank),
    uses: [writes('cumsum', out), reads('cumsum', x)],
    words: [
      x.shape[last],
      rows,
      ...shape.slice(1),
      ...walkWords(out.offset, [...strides[0], out.strides[last]]),
      ...walkWords(x.offset, [...strides[1], x.strides[last]]),
    ],
    groups: x.shape[last] === 0 ? 0 : rows,
  })
}

function write(x: View, out: View, rank: number): string {
  const type = numberType(out.dtype)
  const at = (name: string) => elementInRow(name, 'i32(place)', rank)
  return kernel({
    parameters: [
      'length: u32',
      'rows: u32',
      ...sizeFields('n', rank),
      ...walkFields('out', rank + 1),
      ...walkFields('x', rank + 1),
    ],
    bindings: [
      { name: 'out', type: elementTypes[out.dtype], access: 'read_write' },
      { name: 'x', type: elementTypes[x.dtype], access: 'read' },
    ],
    before: `var<workgroup> sums: array<${type}, ${workgroupWidth}>;`,
    body: `
  if (group >= p.rows) { return; }
  ${indexFromPlace('n', rank, 'group')}
  ${startsOf(['x', 'out'], 'n', rank)}
  var total: ${type} = 0;
  for (var start = 0u; start < p.length; start += ${workgroupWidth}u) {
    let place = start + lane;
    var sum: ${type} = 0;
    if (place < p.length) {
      sum = ${converted(loaded(at('x'), x.dtype), x.dtype, out.dtype)};
    }
    for (var distance = 1u; distance < ${workgroupWidth}u; distance *= 2u) {
      sums[lane] = sum;
      workgroupBarrier();
      if (lane >= distance) { sum += sums[lane - distance]; }
      workgroupBarrier();
    }
    sums[lane] = sum;
    workgroupBarrier();
    if (place < p.length) { ${at('out')} = ${stored('total + sum', out.dtype)}; }
    total += sums[${workgroupWidth - 1}];
    workgroupBarrier();
  }`,
  })
}
