import { mergeAxes, type View } from '@deepdive/tensor'
import { faultBinding, faultOf } from '../faults.ts'
import type { Recorder } from '../recorder.ts'
import { reads, writes } from '../uses.ts'
import { sizeOfView } from '../views.ts'
import { elementTypes } from '../wgsl/element.ts'
import { forEachPlace, groupsFor, kernel } from '../wgsl/kernel.ts'
import {
  indexFromPlace,
  placeOf,
  sizeFields,
  walkFields,
  walkWords,
} from '../wgsl/walk.ts'

/** out[..., i] = x[..., index[..., i]] */
export function gather(recorder: Recorder, x: View, index: View, out: View): void {
  const last = x.shape.length - 1
  const size = sizeOfView(out)
  // All along the last axis start at the same place of x, and go on as index says.
  const starts = { ...out, shape: out.shape, strides: x.strides.with(last, 0) }
  const { shape, strides } = mergeAxes([out, index, starts])
  const rank = shape.length
  recorder.run({
    operation: 'gather',
    program: `gather: ${x.dtype}, rank ${rank}`,
    source: () => write(x, rank),
    uses: [
      writes('gather', out),
      reads('gather', index),
      reads('gather', x),
      recorder.faults.use(),
    ],
    words: [
      size,
      x.shape[last],
      x.strides[last],
      ...shape.slice(1),
      ...walkWords(out.offset, strides[0]),
      ...walkWords(index.offset, strides[1]),
      ...walkWords(x.offset, strides[2]),
    ],
    groups: groupsFor(size),
  })
}

function write({ dtype }: View, rank: number): string {
  const type = elementTypes[dtype]
  return kernel({
    parameters: [
      'size: u32',
      'extent: i32',
      'step: i32',
      ...sizeFields('n', rank),
      ...walkFields('out', rank),
      ...walkFields('index', rank),
      ...walkFields('x', rank),
    ],
    bindings: [
      { name: 'out', type, access: 'read_write' },
      { name: 'index', type: 'i32', access: 'read' },
      { name: 'x', type, access: 'read' },
      faultBinding,
    ],
    body: forEachPlace(`${indexFromPlace('n', rank, 'place')}
  let out_place = ${placeOf('out', 'n', rank)};
  let wanted = index[${placeOf('index', 'n', rank)}];
  if (wanted < 0 || wanted >= p.extent) {
    fault(${faultOf.gather}u, wanted, u32(p.extent));
    out[out_place] = ${type}();
    return;
  }
  out[out_place] = x[${placeOf('x', 'n', rank)} + wanted * p.step];`),
  })
}
