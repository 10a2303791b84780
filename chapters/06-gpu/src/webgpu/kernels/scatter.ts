import { mergeAxes, type View } from '@deepdive/tensor'
import { faultBinding, faultOf } from '../faults.ts'
import type { Recorder } from '../recorder.ts'
import { changes, reads } from '../uses.ts'
import { head, sizeOfView, viewOf } from '../views.ts'
import { elementTypes, forEachPlace, groupsFor, kernel } from '../wgsl/kernel.ts'
import {
  indexFromPlace,
  placeOf,
  sizeFields,
  walkFields,
  walkWords,
} from '../wgsl/walk.ts'
import { argsort } from './argsort.ts'
import { sum } from './reduce.ts'
import { scratchView } from './scratch.ts'

/** out[..., index[..., i]] = source[..., i]; of several for one place, the last. */
export function scatter(
  recorder: Recorder,
  index: View,
  source: View,
  out: View,
): void {
  put(recorder, 'scatter', index, source, out, (_, later) => later)
}

/** out[..., index[..., i]] += source[..., i] */
export function scatterAdd(
  recorder: Recorder,
  index: View,
  source: View,
  out: View,
): void {
  put(recorder, 'scatterAdd', index, source, out, sum[out.dtype].join)
}

type Join = (a: string, b: string) => string

/**
 * If invocations wrote where index says, two might write to one place at once, in an
 * order that changes from run to run. So the index is sorted, which brings together all
 * that goes to one place, in its order, and the first of them joins the others:
 *
 *     index   3 0 3 1 0       sorted   0 0 1 3 3
 *     source  a b c d e                b e d a c      b takes e, d nobody, a takes c
 */
function put(
  recorder: Recorder,
  op: 'scatter' | 'scatterAdd',
  index: View,
  source: View,
  out: View,
  join: Join,
): void {
  const last = index.shape.length - 1
  const size = sizeOfView(index)
  if (size === 0) return
  const length = index.shape[last]
  const order = length > 1 ? sorted(recorder, index) : undefined
  const views = [out, index, source, ...(order ? [order] : [])]
  const { shape, strides } = mergeAxes(
    views.map((view) => ({ ...head(view, last), shape: index.shape.slice(0, last) })),
  )
  const rank = shape.length
  recorder.run({
    operation: op,
    program: `${op}: ${out.dtype}, rank ${rank}${order ? '' : ', single'}`,
    source: () => write(op, out, rank, order !== undefined, join),
    uses: [
      ...views.map((view, n) => (n === 0 ? changes : reads)(op, view)),
      recorder.faults.use(),
    ],
    words: [
      size,
      length,
      out.shape[last],
      ...shape.slice(1),
      ...views.flatMap((view, n) =>
        walkWords(view.offset, [...strides[n], view.strides[last]]),
      ),
    ],
    groups: groupsFor(size),
  })
  if (order) recorder.release(order.storage)
}

/** The order of each row, computed once for rows that are one and the same. */
function sorted(recorder: Recorder, index: View): View {
  const { strides } = index
  const shape = index.shape.map((n, axis) => (strides[axis] === 0 ? 1 : n))
  shape[shape.length - 1] = index.shape[shape.length - 1]
  const order = scratchView(recorder, index, shape, 'int32')
  argsort(recorder, { ...viewOf(index), shape }, order)
  const same = (axis: number) => shape[axis] === index.shape[axis]
  return {
    ...order,
    shape: index.shape,
    strides: order.strides.map((step, axis) => (same(axis) ? step : 0)),
  }
}

function write(
  op: 'scatter' | 'scatterAdd',
  { dtype }: View,
  rank: number,
  hasOrder: boolean,
  join: Join,
): string {
  const type = elementTypes[dtype]
  const names = ['out', 'index', 'source', ...(hasOrder ? ['order'] : [])]
  const at = (name: string, i: string) =>
    `${name}[${name}_start + ${i} * p.${name}_step${rank}]`
  const nth = (i: string) => (hasOrder ? at('order', i) : i)
  const goal = at('out', 'goal')
  return kernel({
    parameters: [
      'size: u32',
      'length: i32',
      'extent: i32',
      ...sizeFields('n', rank),
      ...names.flatMap((name) => walkFields(name, rank + 1)),
    ],
    bindings: [
      ...names.map((name) => ({
        name,
        type: name === 'out' || name === 'source' ? type : ('i32' as const),
        access: name === 'out' ? ('read_write' as const) : ('read' as const),
      })),
      faultBinding,
    ],
    before: `fn join(a: ${type}, b: ${type}) -> ${type} { return ${join('a', 'b')}; }`,
    body: forEachPlace(`let row = place / u32(p.length);
  ${indexFromPlace('n', rank, 'row')}
  ${names.map((name) => `let ${name}_start = ${placeOf(name, 'n', rank)};`).join('\n  ')}
  var next = i32(place % u32(p.length));
  let goal = ${at('index', nth('next'))};
  if (goal < 0 || goal >= p.extent) {
    fault(${faultOf[op]}u, goal, u32(p.extent));
    return;
  }
  if (next > 0 && ${at('index', nth('(next - 1)'))} == goal) { return; }
  var total = ${op === 'scatter' ? `${type}()` : goal};
  var more = true;
  while (more) {
    var part = ${type}();
    for (var n = 0; n < 32 && more; n++) {
      part = join(part, ${at('source', nth('next'))});
      next++;
      more = next < p.length;
      if (more) { more = ${at('index', nth('next'))} == goal; }
    }
    total = join(total, part);
  }
  ${goal} = total;`),
  })
}
