import type { DType } from '@deepdive/tensor'
import { range } from '../range.ts'
import { loaded, numberType } from '../wgsl/element.ts'
import { invocations, type Tile } from './tile.ts'

/** Along which axis an operand's numbers are neighbours, and whether in fours. */
export interface Lie {
  readonly axis: 0 | 1
  readonly fours: boolean
}

/** A strip in shared memory: lines of neighbours, in fours. */
export interface Operand {
  readonly name: 'a' | 'b'
  /** Whether neighbours follow one another along the inner axis. */
  readonly alongDepth: boolean
  readonly fours: boolean
  readonly lines: number
  /** How many fours a line has, and how many it takes. */
  readonly length: number
  readonly pitch: number
  /** How many fours each invocation brings. */
  readonly each: number
}

/**
 * Lines along the inner axis are read by many invocations at once, a line each: one
 * four of padding makes them lie in different banks of the memory.
 */
export function operandOf(
  name: 'a' | 'b',
  { axis, fours }: Lie,
  rows: number,
  columns: number,
  tile: Tile,
): Operand {
  const alongDepth = (name === 'a') === (axis === 1)
  const lines = axis === 1 ? rows : columns
  const length = (axis === 1 ? columns : rows) / 4
  const pitch = alongDepth ? length + 1 : length
  return {
    name,
    alongDepth,
    fours,
    lines,
    length,
    pitch,
    each: (lines * length) / invocations(tile),
  }
}

/** The memory of a strip, and a function that reads four neighbours, or 0 beyond. */
export function strip({ name, fours, lines, pitch }: Operand, dtype: DType): string {
  const vector = `vec4<${numberType(dtype)}>`
  const neighbours = [0, 1, 2, 3].map(
    (n) =>
      `if (along + ${n}u < alongEnd) { four[${n}] = ` +
      `${loaded(`${name}[place + ${n}]`, dtype)}; }`,
  )
  return `
var<workgroup> strip_${name}: array<${vector}, ${lines * pitch}>;
fn fetch_${name}(
  start: i32, line: u32, along: u32, lineEnd: u32, alongEnd: u32,
) -> ${vector} {
  var four = ${vector}();
  if (line >= lineEnd || along >= alongEnd) { return four; }
  let place = start + i32(line) * p.${name}_apart + i32(along);
  ${fours ? `four = ${loaded(`${name}[place / 4]`, dtype, true)};` : neighbours.join('\n  ')}
  return four;
}`
}

/** Brings what an invocation has to bring of both strips to its registers. */
export function fetch(
  operands: readonly Operand[],
  depth: string,
  declare: string,
): string {
  const lines = operands.flatMap(({ name, alongDepth, length, each }) =>
    range(each).map((n) => {
      const [outer, extent] = name === 'a' ? ['row', 'p.rows'] : ['column', 'p.columns']
      const four = `(lane + ${n}u * width)`
      const [line, along] = [`${four} / ${length}u`, `${four} % ${length}u * 4u`]
      const place = alongDepth
        ? `${outer} + ${line}, ${depth} + ${along}, ${extent}, end`
        : `${depth} + ${line}, ${outer} + ${along}, end, ${extent}`
      return `${declare}${name}_${n} = fetch_${name}(${name}_start, ${place});`
    }),
  )
  return lines.join('\n  ')
}

export function store(operands: readonly Operand[]): string {
  const lines = operands.flatMap(({ name, length, pitch, each }) =>
    range(each).map((n) => {
      const four = `(lane + ${n}u * width)`
      const place = `${four} / ${length}u * ${pitch}u + ${four} % ${length}u`
      return `strip_${name}[${place}] = ${name}_${n};`
    }),
  )
  return lines.join('\n    ')
}
