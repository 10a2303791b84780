import { mergeAxes, type View } from '@deepdive/tensor'
import type { Recorder } from '../recorder.ts'
import { changes, reads } from '../uses.ts'
import { head, sizeOfView, viewOf } from '../views.ts'
import { numberDType } from '../wgsl/element.ts'
import { groupsFor } from '../wgsl/kernel.ts'
import { walkWords } from '../wgsl/walk.ts'
import { argsort } from './argsort.ts'
import { sum } from './reduce.ts'
import { type ScatterSource, writeScatter } from './scatter-source.ts'
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
  put(recorder, 'scatterAdd', index, source, out, sum[numberDType(out.dtype)].join)
}

/** Up to here, looking through all of a row is faster than sorting it. */
const short = 256

/**
 * If invocations wrote where index says, two might write to one place at once, in an
 * order that changes from run to run. So of all that goes to one place, the first joins
 * the others, in their order. It finds them by looking through its row, or, where that
 * is long, in an index that was sorted before:
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
  join: ScatterSource['join'],
): void {
  const last = index.shape.length - 1
  const size = sizeOfView(index)
  if (size === 0) return
  const length = index.shape[last]
  const order = length > short ? sorted(recorder, index) : undefined
  const views = [out, index, source, ...(order ? [order] : [])]
  const { shape, strides } = mergeAxes(
    views.map((view) => ({ ...head(view, last), shape: index.shape.slice(0, last) })),
  )
  const rank = shape.length
  recorder.run({
    operation: op,
    program: `${op}: ${out.dtype}, rank ${rank}${order ? ', sorted' : ''}`,
    source: () =>
      writeScatter({ op, dtype: out.dtype, rank, isSorted: order !== undefined, join }),
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
