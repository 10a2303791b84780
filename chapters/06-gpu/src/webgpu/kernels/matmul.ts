import { mergeAxes, sizeOf, type View } from '@deepdive/tensor'
import type { Recorder } from '../recorder.ts'
import { changes, reads, writes } from '../uses.ts'
import { head, sizeOfView, viewOf } from '../views.ts'
import { numberDType } from '../wgsl/element.ts'
import { walkWords } from '../wgsl/walk.ts'
import { converted, copy } from './copy.ts'
import { fill } from './fill.ts'
import type { Lie } from './matmul-strips.ts'
import { type Shared, writeTiles } from './matmul-tiles.ts'
import { sum } from './reduce.ts'
import { scratchView } from './scratch.ts'
import { planTiles, type TilePlan } from './tile.ts'
import { totals } from './totals.ts'

/** [...batch, n, k] · [...batch, k, m] → [...batch, n, m] */
export function matmul(recorder: Recorder, a: View, b: View, out: View): void {
  const [n, k] = a.shape.slice(-2)
  const m = b.shape[b.shape.length - 1]
  if (sizeOfView(out) === 0) return
  if (k === 0) fill(recorder, 0, out)
  else if (n === 1 || m === 1 || (n * m <= 256 && k <= 64)) dots(recorder, a, b, out)
  else
    tiled(
      recorder,
      a,
      b,
      out,
      planTiles(
        recorder.limits.maxComputeWorkgroupStorageSize,
        sizeOfView(out) / (n * m),
        n,
        m,
        k,
      ),
    )
}

/** Each entry as a total of products, which is best for vectors and tiny matrices. */
function dots(recorder: Recorder, a: View, b: View, out: View): void {
  const lead = out.shape.length - 2
  const shape = [...out.shape, a.shape[lead + 1]]
  const along = ({ strides }: View, row: number, column: number, inner: number) => [
    ...strides.slice(0, lead),
    row,
    column,
    inner,
  ]
  const [rowA, innerA] = a.strides.slice(-2)
  const [innerB, columnB] = b.strides.slice(-2)
  const { dtype } = out
  totals(recorder, {
    operation: 'matmul',
    inputs: [
      { ...viewOf(a), shape, strides: along(a, rowA, 0, innerA) },
      { ...viewOf(b), shape, strides: along(b, 0, columnB, innerB) },
    ],
    out,
    element: (x, y) =>
      `${converted(x, a.dtype, dtype)} * ${converted(y, b.dtype, dtype)}`,
    reduction: sum[numberDType(dtype)],
  })
}

/** Tile by tile; where the inner axis is shared out, the parts are added up. */
function tiled(
  recorder: Recorder,
  a: View,
  b: View,
  out: View,
  { tile, parts }: TilePlan,
): void {
  const left = packed(recorder, a, out)
  const right = packed(recorder, b, out)
  if (parts === 1) {
    runTiles(recorder, left, right, out, { tile, parts }, 0)
  } else {
    const size = sizeOfView(out)
    const dtype = numberDType(out.dtype)
    const parted = scratchView(recorder, out, [parts, ...out.shape], dtype)
    const strides = [...parted.strides.slice(1), size]
    const all = { ...parted, shape: [...out.shape, parts], strides }
    const first = head(all, out.shape.length)
    runTiles(recorder, left, right, first, { tile, parts }, size)
    const reduction = sum[dtype]
    const element = (part: string) => part
    totals(recorder, { operation: 'matmul', inputs: [all], out, element, reduction })
    recorder.release(all.storage)
  }
  if (left !== a) recorder.release(left.storage)
  if (right !== b) recorder.release(right.storage)
}

/**
 * x itself if the numbers of its rows or of its columns are neighbours, else a copy.
 */
function packed(recorder: Recorder, x: View, { dtype }: View): View {
  if (x.dtype === dtype && lieOf(x) !== undefined) return x
  const copied = scratchView(recorder, x, x.shape, dtype)
  copy(recorder, x, copied)
  return copied
}

/** Which of the last two axes has neighbours in memory: 0, 1, or none. */
function lieOf({ shape, strides }: View): 0 | 1 | undefined {
  const last = shape.length - 1
  if (strides[last] === 1) return 1
  return strides[last - 1] === 1 ? 0 : undefined
}

function runTiles(
  recorder: Recorder,
  a: View,
  b: View,
  out: View,
  { tile, parts }: TilePlan,
  apart: number,
): void {
  const lead = out.shape.length - 2
  const [n, m] = out.shape.slice(-2)
  const k = a.shape[lead + 1]
  const batch = mergeAxes([out, a, b].map((view) => head(view, lead)))
  const batches = sizeOf(batch.shape)
  // Who has one matrix takes no step to the next.
  const steps = batch.strides.map((list) => list.filter((_, n) => batch.shape[n] > 1))
  const lies = [lieAs(a, steps[1]), lieAs(b, steps[2])] as const
  const rank = batch.shape.length
  const across = Math.ceil(m / tile.columns)
  const down = Math.ceil(n / tile.rows)
  const share = Math.ceil(k / parts / tile.depth) * tile.depth
  const shared: Shared = {
    tile,
    from: a.dtype,
    to: out.dtype,
    rank,
    a: lies[0],
    b: lies[1],
  }
  const groups = batches * across * down * parts
  recorder.run({
    operation: 'matmul',
    program: `matmul ${JSON.stringify(shared)}`,
    source: () => writeTiles(shared),
    uses: [
      apart > 0 ? changes('matmul', out) : writes('matmul', out),
      reads('matmul', a),
      reads('matmul', b),
    ],
    words: [
      groups,
      n,
      m,
      k,
      share,
      across,
      down,
      parts,
      apart,
      a.strides[lies[0].axis === 1 ? lead : lead + 1],
      b.strides[lies[1].axis === 1 ? lead : lead + 1],
      ...out.strides.slice(-2),
      ...batch.shape.slice(1),
      ...[out, a, b].flatMap(({ offset }, v) => walkWords(offset, batch.strides[v])),
    ],
    groups,
  })
}

/** How an operand lies, and whether four neighbours can be read at once everywhere. */
function lieAs(x: View, batchSteps: readonly number[]): Lie {
  const axis = lieOf(x) ?? 1
  const last = x.shape.length - 1
  const along = last - 1 + axis
  const apart = x.strides[last - axis]
  const fours = [x.shape[along], apart, x.offset, ...batchSteps].every(
    (n) => n % 4 === 0,
  )
  return { axis, fours }
}
