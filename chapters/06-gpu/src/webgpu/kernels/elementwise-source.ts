import type { View } from '@deepdive/tensor'
import { elementTypes, loaded, numberType, stored } from '../wgsl/element.ts'
import { type Binding, forEachPlace, kernel } from '../wgsl/kernel.ts'
import { indexFromPlace, placeOf, sizeFields, walkFields } from '../wgsl/walk.ts'
import type { Elementwise } from './elementwise.ts'

/** An input as a kernel sees it. */
export interface Operand {
  readonly name: string
  readonly view: View
  /**
   * Where its elements come from: a buffer of its own; one that the kernel writes to,
   * as in place; or a parameter, where all of them are equal.
   */
  readonly source: 'buffer' | 'value' | `out${number}`
}

export interface ElementwiseSource extends Required<Elementwise> {
  readonly operands: readonly Operand[]
  /**
   * How many axes there are; 0 where all elements lie in a row, to be taken in fours.
   */
  readonly rank: number
}

export function writeElementwise(work: ElementwiseSource): string {
  const { outs, operands, rank, extra } = work
  const inFours = rank === 0
  const typeIn = (view: View) => {
    const type = elementTypes[view.dtype]
    return inFours ? (`vec4<${type}>` as const) : type
  }
  const buffered = operands.filter(({ source }) => source === 'buffer')
  return kernel({
    parameters: [
      'size: u32',
      ...sizeFields('n', rank),
      ...outs.flatMap((_, n) => walkFields(`out${n}`, rank)),
      ...operands.flatMap(({ name, source, view }) =>
        source === 'value'
          ? `${name}: ${numberType(view.dtype)}`
          : walkFields(name, rank),
      ),
    ],
    bindings: [
      ...outs.map(
        (view, n): Binding => ({
          name: `out${n}`,
          type: typeIn(view),
          access: 'read_write',
        }),
      ),
      ...buffered.map(
        ({ name, view }): Binding => ({ name, type: typeIn(view), access: 'read' }),
      ),
      ...extra.map(({ binding }) => binding),
    ],
    body: forEachPlace(inFours ? fourElements(work) : oneElement(work)),
  })
}

function oneElement({ outs, operands, rank, expressions }: ElementwiseSource): string {
  const reads = operands.map(({ name, source, view }) => {
    const buffer = source === 'buffer' ? name : source
    const element =
      source === 'value'
        ? `p.${name}`
        : loaded(`${buffer}[${placeOf(name, 'n', rank)}]`, view.dtype)
    return `let ${name}_element = ${element};`
  })
  const results = expressions(...operands.map(({ name }) => `${name}_element`))
  const writes = outs.map(
    ({ dtype }, n) =>
      `out${n}[${placeOf(`out${n}`, 'n', rank)}] = ${stored(results[n], dtype)};`,
  )
  return [indexFromPlace('n', rank, 'place'), ...reads, ...writes].join('\n  ')
}

/** Vectors are read and written whole, and computed number by number. */
function fourElements({ outs, operands, expressions }: ElementwiseSource): string {
  const reads = operands
    .filter(({ source }) => source !== 'value')
    .map(({ name, source, view }) => {
      const buffer = source === 'buffer' ? name : source
      const four = `${buffer}[p.${name}_at / 4 + i32(place)]`
      return `let ${name}_four = ${loaded(four, view.dtype, true)};`
    })
  const results = ['x', 'y', 'z', 'w'].map((component) =>
    expressions(
      ...operands.map(({ name, source }) =>
        source === 'value' ? `p.${name}` : `${name}_four.${component}`,
      ),
    ),
  )
  const writes = outs.map(({ dtype }, n) => {
    const four = results.map((of) => stored(of[n], dtype)).join(',\n    ')
    const vector = `vec4<${elementTypes[dtype]}>(\n    ${four},\n  )`
    return `out${n}[p.out${n}_at / 4 + i32(place)] = ${vector};`
  })
  return [...reads, ...writes].join('\n  ')
}
