import { mergeAxes, type View } from '@deepdive/tensor'
import { type GpuMemory, memoryOf } from '../memory.ts'
import type { Recorder, Use } from '../recorder.ts'
import {
  type Binding,
  elementTypes,
  forEachPlace,
  groupsFor,
  kernel,
  wordOf,
} from '../wgsl/kernel.ts'
import {
  coversStorage,
  indexFromPlace,
  placeOf,
  sizeFields,
  sizeOfView,
  walkFields,
  walkWords,
} from '../wgsl/walk.ts'

/**
 * How an operand reaches a kernel: from a buffer of its own; from the one that the
 * kernel writes to, as in place; or as a parameter, since all of its elements are equal.
 */
type Source = 'buffer' | 'out' | 'value'

interface Operand {
  readonly name: string
  readonly view: View
  readonly memory: GpuMemory
  readonly source: Source
}

/** An elementwise operation: what to write for one element of each input. */
export interface Elementwise {
  /** `add`: with the dtypes it names the program. */
  readonly operation: string
  readonly inputs: readonly View[]
  readonly out: View
  /** Expressions of the elements' types to one of the type of out. */
  readonly expression: (...elements: string[]) => string
  /** A fault of the operation refers to this binding too. */
  readonly extra?: readonly { readonly binding: Binding; readonly use: Use }[]
}

/** One invocation computes one element, wherever in memory its operands lie. */
export function elementwise(recorder: Recorder, work: Elementwise): void {
  const { operation, inputs, out, expression, extra = [] } = work
  const size = sizeOfView(out)
  if (size === 0) return
  const target = memoryOf(operation, out.storage)
  const operands = inputs.map((view, n) => operandOf(operation, `x${n}`, view, target))
  const { shape, strides } = mergeAxes([out, ...inputs])
  const rank = shape.length
  const stepsOf = (operand: Operand) => strides[operands.indexOf(operand) + 1]
  const buffered = operands.filter(({ source }) => source === 'buffer')
  const types = operands.map(({ view, source }) => `${view.dtype} ${source}`)
  recorder.run({
    operation,
    program: `${operation}: ${types.join(', ')} to ${out.dtype}, rank ${rank}`,
    source: () => write(operands, out, rank, expression, extra),
    uses: [
      { memory: target, as: covers(out, operands) ? 'overwrite' : 'update' },
      ...buffered.map(({ memory }) => ({ memory, as: 'read' as const })),
      ...extra.map(({ use }) => use),
    ],
    words: [
      size,
      ...shape.slice(1),
      ...walkWords(out.offset, strides[0]),
      ...operands.flatMap((operand) =>
        operand.source === 'value'
          ? wordOf(operand.memory.value ?? 0, operand.view.dtype)
          : walkWords(operand.view.offset, stepsOf(operand)),
      ),
    ],
    groups: groupsFor(size),
  })
}

function operandOf(
  operation: string,
  name: string,
  view: View,
  target: GpuMemory,
): Operand {
  const memory = memoryOf(operation, view.storage)
  const apart = memory.value === undefined ? 'buffer' : 'value'
  return { name, view, memory, source: memory === target ? 'out' : apart }
}

/** Whether nothing is left of what the memory of `out` held before. */
function covers(out: View, operands: readonly Operand[]): boolean {
  return coversStorage(out) && operands.every(({ source }) => source !== 'out')
}

function write(
  operands: readonly Operand[],
  out: View,
  rank: number,
  expression: Elementwise['expression'],
  extra: NonNullable<Elementwise['extra']>,
): string {
  const typeOf = (view: View) => elementTypes[view.dtype]
  const read = ({ name, source }: Operand) => {
    if (source === 'value') return `p.${name}`
    const buffer = source === 'out' ? 'out' : name
    return `${buffer}[${placeOf(name, 'n', rank)}]`
  }
  const elements = operands.map(({ name }) => `${name}_element`)
  return kernel({
    parameters: [
      'size: u32',
      ...sizeFields('n', rank),
      ...walkFields('out', rank),
      ...operands.flatMap(({ name, source, view }) =>
        source === 'value' ? `${name}: ${typeOf(view)}` : walkFields(name, rank),
      ),
    ],
    bindings: [
      { name: 'out', type: typeOf(out), access: 'read_write' },
      ...operands
        .filter(({ source }) => source === 'buffer')
        .map(
          ({ name, view }): Binding => ({
            name,
            type: typeOf(view),
            access: 'read',
          }),
        ),
      ...extra.map(({ binding }) => binding),
    ],
    body: forEachPlace(`${indexFromPlace('n', rank, 'place')}
  ${operands.map((x, n) => `let ${elements[n]} = ${read(x)};`).join('\n  ')}
  out[${placeOf('out', 'n', rank)}] = ${expression(...elements)};`),
  })
}
