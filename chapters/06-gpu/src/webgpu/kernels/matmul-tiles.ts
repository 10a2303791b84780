import type { DType } from '@deepdive/tensor'
import { range } from '../range.ts'
import { elementTypes, numberType, stored } from '../wgsl/element.ts'
import { kernel } from '../wgsl/kernel.ts'
import { indexFromPlace, placeOf, sizeFields, walkFields } from '../wgsl/walk.ts'
import {
  fetch,
  type Lie,
  type Operand,
  operandOf,
  store,
  strip,
} from './matmul-strips.ts'
import { invocations, type Tile } from './tile.ts'

/** All that a program for tiles depends on. */
export interface Shared {
  readonly tile: Tile
  /** What both operands are, and what the product becomes. */
  readonly from: DType
  readonly to: DType
  readonly rank: number
  readonly a: Lie
  readonly b: Lie
}

/**
 * A workgroup brings a strip of a and one of b to shared memory, in fours of neighbours
 * as they lie, and each invocation multiplies its rows by its columns:
 *
 *               ┌── columns ──┐           while the next strips are on their way
 *               │ ▒▒ strip of │           from memory to registers
 *        depth  │ ▒▒    b     │
 *     ┌─────────┼─────────────┤
 *     │ ▒▒▒▒▒▒▒ │ ██          │           ██ is what one invocation computes,
 *     │ strip   │             │           in vectors of four columns
 *     │ of a    │             │
 *     └─────────┴─────────────┘
 */
export function writeTiles(shared: Shared): string {
  const { tile, from, to, rank } = shared
  const type = numberType(to)
  const element = elementTypes[from]
  const a = operandOf('a', shared.a, tile.rows, tile.depth, tile)
  const b = operandOf('b', shared.b, tile.depth, tile.columns, tile)
  const across = tile.columns / tile.columnsEach
  const width = invocations(tile)
  return kernel({
    width,
    parameters: [
      'groups: u32',
      'rows: u32',
      'columns: u32',
      'depth: u32',
      'share: u32',
      'across: u32',
      'down: u32',
      'parts: u32',
      'apart: i32',
      'a_apart: i32',
      'b_apart: i32',
      'out_row: i32',
      'out_column: i32',
      ...sizeFields('n', rank),
      ...['out', 'a', 'b'].flatMap((name) => walkFields(name, rank)),
    ],
    bindings: [
      { name: 'out', type: elementTypes[to], access: 'read_write' },
      { name: 'a', type: a.fours ? `vec4<${element}>` : element, access: 'read' },
      { name: 'b', type: b.fours ? `vec4<${element}>` : element, access: 'read' },
    ],
    before: `const width = ${width}u;
${[a, b].map((operand) => strip(operand, from)).join('\n')}
fn put(start: i32, row: u32, column: u32, value: ${type}) {
  if (row >= p.rows || column >= p.columns) { return; }
  let place = start + i32(row) * p.out_row + i32(column) * p.out_column;
  out[place] = ${stored('value', to)};
}`,
    body: `
  if (group >= p.groups) { return; }
  let column = group % p.across * ${tile.columns}u;
  let row = group / p.across % p.down * ${tile.rows}u;
  let part = group / (p.across * p.down) % p.parts;
  let batch = group / (p.across * p.down * p.parts);
  ${indexFromPlace('n', rank, 'batch')}
  let a_start = ${placeOf('a', 'n', rank)};
  let b_start = ${placeOf('b', 'n', rank)};
  let out_start = ${placeOf('out', 'n', rank)} + i32(part) * p.apart;
  let end = min(p.depth, (part + 1u) * p.share);
  let x = lane % ${across}u;
  let y = lane / ${across}u;
  ${accumulators(tile)
    .map((name) => `var ${name} = vec4<${type}>();`)
    .join('\n  ')}
  ${fetch([a, b], 'part * p.share', 'var ')}
  for (var start = part * p.share; start < end; start += ${tile.depth}u) {
    ${store([a, b])}
    workgroupBarrier();
    if (start + ${tile.depth}u < end) {
      ${fetch([a, b], `(start + ${tile.depth}u)`, '')}
    }
    for (var four = 0u; four < ${tile.depth / 4}u; four++) {
      ${products(a, b, tile, type)}
    }
    workgroupBarrier();
  }
  ${results(a, b, tile)}`,
  })
}

function accumulators({ rowsEach, columnsEach }: Tile): string[] {
  return range(rowsEach).flatMap((r) =>
    range(columnsEach / 4).map((g) => `sum_${r}_${g}`),
  )
}

/** Four steps along the inner axis: each row's number times four columns' numbers. */
function products(a: Operand, b: Operand, tile: Tile, type: string): string {
  const [rows, columns] = [tile.rowsEach, tile.columnsEach]
  const lines = [...reads(a, 'y', rows, tile), ...reads(b, 'x', columns, tile)]
  for (const step of range(4)) {
    for (const r of range(rows)) {
      const number = a.alongDepth ? `a_${r}[${step}]` : `a_${r >> 2}_${step}[${r % 4}]`
      for (const g of range(columns / 4)) {
        const four = range(4).map((c) => `b_${4 * g + c}[${step}]`)
        const vector = b.alongDepth ? `vec4(${four.join(', ')})` : `b_${g}_${step}`
        const sum = `sum_${r}_${g}`
        lines.push(
          type === 'f32'
            ? `${sum} = fma(vec4(${number}), ${vector}, ${sum});`
            : `${sum} += ${number} * ${vector};`,
        )
      }
    }
  }
  return lines.join('\n      ')
}

/** What an invocation needs of a strip for four steps: fours along its lines. */
function reads(operand: Operand, own: 'x' | 'y', count: number, tile: Tile): string[] {
  const { name, alongDepth, pitch } = operand
  const apart =
    own === 'y' ? tile.rows / tile.rowsEach : tile.columns / tile.columnsEach
  if (alongDepth) {
    return range(count).map((n) => {
      const place = `(${own} + ${n * apart}u) * ${pitch}u + four`
      return `let ${name}_${n} = strip_${name}[${place}];`
    })
  }
  return range(4).flatMap((step) =>
    range(count / 4).map((n) => {
      const place = `(four * 4u + ${step}u) * ${pitch}u + ${own} + ${n * apart}u`
      return `let ${name}_${n}_${step} = strip_${name}[${place}];`
    }),
  )
}

function results(a: Operand, b: Operand, tile: Tile): string {
  const down = tile.rows / tile.rowsEach
  const across = tile.columns / tile.columnsEach
  const place = ({ alongDepth }: Operand, own: string, n: number, apart: number) =>
    alongDepth
      ? `${own} + ${n * apart}u`
      : `(${own} + ${(n >> 2) * apart}u) * 4u + ${n % 4}u`
  const lines = range(tile.rowsEach).flatMap((r) => [
    `let row_${r} = row + ${place(a, 'y', r, down)};`,
    ...range(tile.columnsEach).map(
      (c) =>
        `put(out_start, row_${r}, column + ${place(b, 'x', c, across)}, ` +
        `sum_${r}_${c >> 2}[${c % 4}]);`,
    ),
  ])
  return lines.join('\n  ')
}
