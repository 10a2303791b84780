import { sameShape, sizeOf } from '@deepdive/tensor'
import type { GraphBuilder } from '../graph-builder.ts'
import { isOpen, type Value } from '../value.ts'
import type { Rules } from './rule.ts'

type Unnamed = Omit<Value, 'name'>

/**
 * The sizes to ask for, so that one that depends on the batch stays open: 0 is that of
 * the input's axis at this place, −1 whatever is left.
 */
function askedSizes(from: Unnamed, to: Unnamed): number[] {
  const sizes = to.shape.map((size, axis) => {
    if (!isOpen(to, axis)) return size
    const same = size === from.shape[axis] && to.other[axis] === from.other[axis]
    return same ? 0 : -1
  })
  const unknown = sizes.filter((size) => size === -1).length
  return unknown > 1 || to.shape.includes(0) ? [...to.shape] : sizes
}

/** The same elements under another shape. */
export function reshaped(graph: GraphBuilder, from: Value, to: Unnamed): string {
  if (sameShape(from.shape, to.shape) && sameShape(from.other, to.other))
    return from.name
  const flat = [from.shape[0], sizeOf(from.shape.slice(1))]
  if (from.shape.length > 1 && sameShape(to.shape, flat)) {
    return graph.add('Flatten', [from], { axis: 1 })
  }
  const allowzero = to.shape.includes(0) ? { allowzero: 1 } : {}
  return graph.add('Reshape', [from, graph.ints(askedSizes(from, to))], allowzero)
}

const last = Number.MAX_SAFE_INTEGER

export const movement: Rules = {
  reshape: ({ graph, inputs: [x], output }) => reshaped(graph, x, output),
  permute: ({ graph, inputs: [x], settings }) => {
    const rank = x.shape.length
    const perm = settings.numbers('dims').map((dim) => (dim < 0 ? dim + rank : dim))
    return graph.add('Transpose', [x], { perm })
  },
  /** An axis that is not stretched is asked for as 1, so that it stays open. */
  expand: ({ graph, inputs: [x], output }) => {
    const added = output.shape.length - x.shape.length
    const sizes = output.shape.map((size, axis) => {
      const own = axis - added
      return own >= 0 && x.shape[own] === size && x.other[own] === output.other[axis]
        ? 1
        : size
    })
    return graph.add('Expand', [x, graph.ints(sizes)])
  },
  slice: ({ graph, inputs: [x], settings }) => {
    const step = settings.number('step')
    const [first, end] = step > 0 ? [0, last] : [last, -last]
    return graph.add('Slice', [
      x,
      graph.ints([settings.numberOrNull('start') ?? first]),
      graph.ints([settings.numberOrNull('end') ?? end]),
      graph.ints([settings.axis(x.shape.length)]),
      graph.ints([step]),
    ])
  },
  select: ({ graph, inputs: [x], settings }) =>
    graph.add('Gather', [x, graph.ints(settings.number('index'))], {
      axis: settings.axis(x.shape.length),
    }),
  /** Windows by their places on the axis, whose inside then goes to the end. */
  unfold: ({ graph, inputs: [x], output, settings }) => {
    const [size, step] = [settings.number('size'), settings.number('step')]
    const rank = x.shape.length
    const axis = settings.axis(rank)
    const shape = [output.shape[axis], size]
    const place = (n: number) => BigInt(Math.floor(n / size) * step + (n % size))
    const values = BigInt64Array.from({ length: sizeOf(shape) }, (_, n) => place(n))
    const places = graph.constant(`windows:${shape},${step}`, {
      dtype: 'int64',
      shape,
      values,
    })
    const others = Array.from({ length: rank }, (_, n) => (n > axis ? n + 1 : n))
    const windows = graph.add('Gather', [x, places], { axis })
    return graph.add('Transpose', [windows], { perm: [...others, axis + 1] })
  },
  pad: ({ graph, inputs: [x], output, settings }) =>
    graph.add('Pad', [
      x,
      graph.ints([...settings.numbers('before'), ...settings.numbers('after')]),
      graph.number(settings.number('value'), output.dtype),
    ]),
  cat: ({ graph, inputs, output, settings }) =>
    graph.add(
      'Concat',
      inputs.map((x) => graph.cast(x, output.dtype)),
      { axis: settings.axis(output.shape.length) },
    ),
  tril: ({ graph, inputs: [x], settings }) =>
    graph.add('Trilu', [x, graph.ints(settings.number('diagonal'))], { upper: 0 }),
  triu: ({ graph, inputs: [x], settings }) =>
    graph.add('Trilu', [x, graph.ints(settings.number('diagonal'))], { upper: 1 }),
}
