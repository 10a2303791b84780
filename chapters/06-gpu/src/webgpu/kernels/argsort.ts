import { mergeAxes, type View } from '@deepdive/tensor'
import type { Recorder } from '../recorder.ts'
import { reads, writes } from '../uses.ts'
import { head, sizeOfView } from '../views.ts'
import { workgroupWidth } from '../wgsl/kernel.ts'
import { walkWords } from '../wgsl/walk.ts'
import { writeMerge, writeRuns } from './argsort-source.ts'
import { scratchView } from './scratch.ts'

/**
 * Merge sort, in which each element finds its new place by itself. Two sorted runs
 * become one: an element goes as far to the right as it stood in its own run, and as
 * many places further as the other run has smaller ones, which halving that run again
 * and again tells.
 *
 *     runs    2 5 7 | 1 3 9      5 stood at 1, and 2 in the other run are smaller:
 *     merged  1 2 3 5 7 9        it goes to 1 + 2 = 3
 *
 * Of equal elements the one that stood first counts as the smaller, so the sort is
 * stable. Runs of up to 256 are sorted in the memory of a workgroup, longer ones in
 * passes.
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
  forEachElement(recorder, writeRuns, x, [out], [])
}

/**
 * Pairs of sorted runs of `width` places in `from` become runs twice as long in `out`.
 */
function mergeRuns(
  recorder: Recorder,
  x: View,
  from: View,
  out: View,
  width: number,
): void {
  forEachElement(recorder, writeMerge, x, [out, from], [width])
}

/** Runs a program with an invocation for each element of each row. */
function forEachElement(
  recorder: Recorder,
  write: (x: View, rank: number) => string,
  x: View,
  places: readonly View[],
  extra: readonly number[],
): void {
  const last = x.shape.length - 1
  const length = x.shape[last]
  const views = [x, ...places]
  const { shape, strides } = mergeAxes(views.map((view) => head(view, last)))
  const rank = shape.length
  const blocks = Math.ceil(length / workgroupWidth)
  const rows = sizeOfView(x) / length
  recorder.run({
    operation: 'argsort',
    program: `argsort, ${places.length} lists: ${x.dtype}, rank ${rank}`,
    source: () => write(x, rank),
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
