import { mergeAxes, type View } from '@deepdive/tensor'
import type { Recorder } from '../recorder.ts'
import { changes, reads, writes } from '../uses.ts'
import { head, sizeOfView, tail } from '../views.ts'
import { elementTypes, kernel, wordOf, workgroupWidth } from '../wgsl/kernel.ts'
import {
  indexFromPlace,
  placeOf,
  sizeFields,
  walkFields,
  walkWords,
} from '../wgsl/walk.ts'
import { scratchView } from './scratch.ts'
import { planStrands } from './strands.ts'

/** What no elements give, and how two become one, in WGSL. */
export interface Reduction {
  readonly start: string
  readonly join: (a: string, b: string) => string
}

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
  const parted = scratchView(recorder, out, [chunks, ...out.shape], out.dtype)
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
    source: () => write(work, ranks, lanes),
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

function write(
  { inputs, out, element, reduction, divisor }: Totals,
  [outerRank, innerRank]: readonly [number, number],
  lanes: number,
): string {
  const { start, join } = reduction
  const type = elementTypes[out.dtype]
  const elements = inputs.map(
    (_, n) => `x${n}[x${n}_place + ${stepsOf(`x${n}`, innerRank, outerRank)}]`,
  )
  return kernel({
    parameters: [
      'outputs: u32',
      'chunks: u32',
      'length: u32',
      'apart: i32',
      ...(divisor ? ['divisor: f32'] : []),
      ...sizeFields('k', outerRank),
      ...sizeFields('r', innerRank),
      ...walkFields('out', outerRank),
      ...inputs.flatMap((_, n) => walkFields(`x${n}`, outerRank + innerRank)),
    ],
    bindings: [
      { name: 'out', type, access: 'read_write' },
      ...inputs.map(({ dtype }, n) => ({
        name: `x${n}`,
        type: elementTypes[dtype],
        access: 'read' as const,
      })),
    ],
    before: `
const lanes = ${lanes}u;
var<workgroup> shared_totals: array<${type}, ${workgroupWidth}>;
fn join(a: ${type}, b: ${type}) -> ${type} { return ${join('a', 'b')}; }`,
    body: `
  let item = group * ${workgroupWidth}u / lanes + lane / lanes;
  let output = item % p.outputs;
  let chunk = item / p.outputs;
  ${indexFromPlace('k', outerRank, 'output')}
  ${inputs.map((_, n) => `let x${n}_place = ${placeOf(`x${n}`, 'k', outerRank)};`).join('\n  ')}
  // Few are joined at a time, as a tree would: so rounding errors stay small.
  var total: ${type} = ${start};
  var place = select(p.length, chunk * lanes + lane % lanes, chunk < p.chunks);
  while (place < p.length) {
    var part: ${type} = ${start};
    for (var n = 0; n < 32 && place < p.length; n++) {
      ${indexFromPlace('r', innerRank, 'place')}
      part = join(part, ${element(...elements)});
      place += p.chunks * lanes;
    }
    total = join(total, part);
  }
  shared_totals[lane] = total;
  for (var half = lanes / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane % lanes < half) {
      shared_totals[lane] = join(shared_totals[lane], shared_totals[lane + half]);
    }
  }
  if (lane % lanes == 0u && chunk < p.chunks) {
    out[${placeOf('out', 'k', outerRank)} + i32(chunk) * p.apart] = shared_totals[lane]${
      divisor ? ' / p.divisor' : ''
    };
  }`,
  })
}

function stepsOf(name: string, rank: number, first: number): string {
  return Array.from(
    { length: rank },
    (_, axis) => `i32(r_i${axis}) * p.${name}_step${axis + first}`,
  ).join(' + ')
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, extent) => size * extent, 1)
}
