import { mergeAxes, sizeOf, type View } from '@deepdive/tensor'
import type { Recorder } from '../recorder.ts'
import { changes, reads, writes } from '../uses.ts'
import { head, sizeOfView, tail } from '../views.ts'
import { numberDType } from '../wgsl/element.ts'
import { wordOf, workgroupWidth } from '../wgsl/kernel.ts'
import { walkWords } from '../wgsl/walk.ts'
import { scratchView } from './scratch.ts'
import { planStrands } from './strands.ts'
import { type Reduction, writeTotals } from './totals-source.ts'

/** Many elements become one: all inputs are [...kept, ...reduced], out is [...kept]. */
export interface Totals {
  readonly operation: string
  readonly inputs: readonly View[]
  readonly out: View
  /** What is joined, made of an element of each input. */
  readonly element: (...elements: string[]) => string
  readonly reduction: Reduction
  /** What each total is divided by at last, as a sum is for a mean. */
  readonly divisor?: number
}

/**
 * Each total is gathered by several strands, which take every so-manieth element:
 *
 *     elements   a b c d e f g h i j      strand 0 joins a d g j
 *     strand     0 1 2 0 1 2 0 1 2 0      strand 1 joins b e h, strand 2 c f i
 *
 * Neighbouring invocations read neighbouring elements so. Strands of one workgroup meet
 * in a tree; where there are several chunks of strands, a second pass joins theirs.
 */
export function totals(recorder: Recorder, work: Totals): void {
  const { inputs, out } = work
  if (sizeOfView(out) === 0) return
  const { lanes, chunks } = planStrands(inputs, out)
  if (chunks === 1) {
    pass(recorder, work, lanes, chunks, 0)
    return
  }
  const outputs = sizeOfView(out)
  const dtype = numberDType(out.dtype)
  const parted = scratchView(recorder, out, [chunks, ...out.shape], dtype)
  const strides = [...parted.strides.slice(1), outputs]
  const parts = { ...parted, shape: [...out.shape, chunks], strides }
  const { divisor: _, ...undivided } = work
  const first = { ...undivided, out: head(parts, out.shape.length) }
  pass(recorder, first, lanes, chunks, outputs)
  totals(recorder, { ...work, inputs: [parts], element: (part) => part })
  recorder.release(parts.storage)
}

/** Chunk c of a total goes to where the total belongs, and c · `apart` further. */
function pass(
  recorder: Recorder,
  work: Totals,
  lanes: number,
  chunks: number,
  apart: number,
): void {
  const { operation, inputs, out, element, reduction, divisor } = work
  const kept = out.shape.length
  const outer = mergeAxes([out, ...inputs.map((x) => head(x, kept))])
  const inner = mergeAxes(inputs.map((x) => tail(x, kept)))
  const [outputs, length] = [outer, inner].map(({ shape }) => sizeOf(shape))
  const ranks = [outer.shape.length, inner.shape.length] as const
  const dtypes = inputs.map(({ dtype }) => dtype).join(', ')
  const joined = element(...inputs.map((_, n) => `x${n}`)) + reduction.join('a', 'b')
  recorder.run({
    operation,
    program:
      `${divisor ? 'mean' : 'total'} of ${joined}: ${dtypes} to ${out.dtype}, ` +
      `ranks ${ranks}, lanes ${lanes}`,
    source: () => writeTotals(work, ranks, lanes),
    uses: [
      apart > 0 ? changes(operation, out) : writes(operation, out),
      ...inputs.map((x) => reads(operation, x)),
    ],
    words: [
      outputs,
      chunks,
      length,
      apart,
      ...(divisor ? [wordOf(divisor, 'float32')] : []),
      ...outer.shape.slice(1),
      ...inner.shape.slice(1),
      ...walkWords(out.offset, outer.strides[0]),
      ...inputs.flatMap((x, n) =>
        walkWords(x.offset, [...outer.strides[n + 1], ...inner.strides[n]]),
      ),
    ],
    groups: Math.ceil((outputs * chunks * lanes) / workgroupWidth),
  })
}
