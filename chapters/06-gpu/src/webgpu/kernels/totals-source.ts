import { elementTypes, loaded, numberType, stored } from '../wgsl/element.ts'
import { kernel, workgroupWidth } from '../wgsl/kernel.ts'
import {
  indexFromPlace,
  placeOf,
  sizeFields,
  startsOf,
  walkFields,
} from '../wgsl/walk.ts'
import type { Totals } from './totals.ts'

/** What no elements give, and how two become one, in WGSL. */
export interface Reduction {
  readonly start: string
  readonly join: (a: string, b: string) => string
}

/**
 * A program for totals: axes that are kept have the sizes k0, k1, …, and those that are
 * reduced r0, r1, …; each of the `lanes` invocations of a total takes up a strand.
 */
export function writeTotals(
  { inputs, out, element, reduction, divisor }: Totals,
  [outerRank, innerRank]: readonly [number, number],
  lanes: number,
): string {
  const { start, join } = reduction
  const type = numberType(out.dtype)
  const names = inputs.map((_, n) => `x${n}`)
  const elements = inputs.map(({ dtype }, n) => {
    const place = `${names[n]}_start + ${stepsOf(names[n], innerRank, outerRank)}`
    return loaded(`${names[n]}[${place}]`, dtype)
  })
  const total = divisor ? 'shared_totals[lane] / p.divisor' : 'shared_totals[lane]'
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
      ...names.flatMap((name) => walkFields(name, outerRank + innerRank)),
    ],
    bindings: [
      { name: 'out', type: elementTypes[out.dtype], access: 'read_write' },
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
  ${startsOf(names, 'k', outerRank)}
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
    out[${placeOf('out', 'k', outerRank)} + i32(chunk) * p.apart] =
      ${stored(total, out.dtype)};
  }`,
  })
}

function stepsOf(name: string, rank: number, first: number): string {
  return Array.from(
    { length: rank },
    (_, axis) => `i32(r_i${axis}) * p.${name}_step${axis + first}`,
  ).join(' + ')
}
