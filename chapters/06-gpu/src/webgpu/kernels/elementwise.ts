import { mergeAxes, type View } from '@deepdive/tensor'
import { type GpuMemory, memoryOf } from '../memory.ts'
import type { Recorder } from '../recorder.ts'
import type { Use } from '../uses.ts'
import { coversStorage, sizeOfView } from '../views.ts'
import { type Binding, groupsFor, wordOf } from '../wgsl/kernel.ts'
import { walkWords } from '../wgsl/walk.ts'
import { type Operand, writeElementwise } from './elementwise-source.ts'

/** An elementwise operation: what to write for one element of each input. */
export interface Elementwise {
  /** `add`: with the dtypes it names the program. */
  readonly operation: string
  readonly inputs: readonly View[]
  readonly outs: readonly View[]
  /** An expression for each out, made of expressions for an element of each input. */
  readonly expressions: (...elements: string[]) => readonly string[]
  /** What else a kernel needs to see. */
  readonly extra?: readonly { readonly binding: Binding; readonly use: Use }[]
}

/**
 * One invocation computes one element, wherever in memory its operands lie, or four
 * where all of them lie in a row.
 */
export function elementwise(recorder: Recorder, work: Elementwise): void {
  const { operation, inputs, outs, extra = [] } = work
  const size = sizeOfView(outs[0])
  if (size === 0) return
  const targets = outs.map(({ storage }) => memoryOf(operation, storage))
  const { shape, strides } = mergeAxes([...outs, ...inputs])
  const operands = inputs.map((view, n) => operandOf(operation, view, n, targets))
  const steps = (n: number) => strides[outs.length + n]
  const inFours =
    extra.length === 0 &&
    outs.every((view, n) => liesInFours(view, strides[n], size)) &&
    operands.every(
      ({ source, view }, n) => source === 'value' || startsFours(view, steps(n)),
    )
  const rank = inFours ? 0 : shape.length
  const types = operands.map(({ view, source }) => `${view.dtype} ${source}`)
  const results = outs.map(({ dtype }) => dtype)
  recorder.run({
    operation,
    program: `${operation}: ${types.join(', ')} to ${results.join(', ')}, rank ${rank}`,
    source: () => writeElementwise({ ...work, extra, operands, rank }),
    uses: [
      ...targets.map((memory, n) => ({
        memory,
        as: isOverwritten(outs[n], n, operands)
          ? ('overwrite' as const)
          : ('update' as const),
      })),
      ...operands
        .filter(({ source }) => source === 'buffer')
        .map(({ memory }) => ({ memory, as: 'read' as const })),
      ...extra.map(({ use }) => use),
    ],
    words: [
      inFours ? Math.ceil(size / 4) : size,
      ...shape.slice(1),
      ...outs.flatMap(({ offset }, n) => walkWords(offset, strides[n].slice(0, rank))),
      ...operands.flatMap(({ source, memory, view }, n) =>
        source === 'value'
          ? wordOf(memory.value ?? 0, view.dtype)
          : walkWords(view.offset, steps(n).slice(0, rank)),
      ),
    ],
    groups: groupsFor(inFours ? size / 4 : size),
  })
}

function operandOf(
  operation: string,
  view: View,
  n: number,
  targets: readonly GpuMemory[],
): Operand & { readonly memory: GpuMemory } {
  const memory = memoryOf(operation, view.storage)
  const target = targets.indexOf(memory)
  const apart = memory.value === undefined ? 'buffer' : 'value'
  return { name: `x${n}`, view, memory, source: target < 0 ? apart : `out${target}` }
}

/** Whether nothing is left, nor read, of what the memory of an out held before. */
function isOverwritten(out: View, n: number, operands: readonly Operand[]): boolean {
  return coversStorage(out) && operands.every(({ source }) => source !== `out${n}`)
}

/** Whether elements lie in a row that starts where a vector of four may. */
function startsFours({ offset }: View, steps: readonly number[]): boolean {
  return steps.length === 1 && steps[0] === 1 && offset % 4 === 0
}

/** Writing whole vectors must not reach beyond the view, unless nothing is there. */
function liesInFours(out: View, steps: readonly number[], size: number): boolean {
  return startsFours(out, steps) && (size % 4 === 0 || size === out.storage.length)
}
