import type { Window, WindowAxis } from '@deepdive/conv'
import { type Shape, sizeOf } from '@deepdive/tensor'
import type { GraphBuilder } from '../graph-builder.ts'
import { sliding } from '../sliding.ts'
import type { Value } from '../value.ts'
import { reshaped } from './movement.ts'
import type { Rules } from './rule.ts'

type Unnamed = Omit<Value, 'name'>

/**
 * Filters that take one element of a window each: convolved with them, a channel becomes
 * as many as a window has elements. [C · k₁ · k₂, 1, k₁, k₂]
 */
function takers(graph: GraphBuilder, channels: number, window: Window) {
  const sizes = window.map(({ size }) => size)
  const count = sizeOf(sizes)
  const values = new Float32Array(channels * count * count)
  for (let row = 0; row < channels * count; row++) {
    values[row * count + (row % count)] = 1
  }
  const shape = [channels * count, 1, ...sizes]
  return graph.constant(`takers:${shape}`, { dtype: 'float32', shape, values })
}

/** The sizes in both recordings, under a rule for each. */
function bothSizes(value: Unnamed, sizes: (shape: Shape) => Shape) {
  return { dtype: value.dtype, shape: sizes(value.shape), other: sizes(value.other) }
}

export const windows: Rules = {
  /** [N, C, n₁, n₂] → [N, C · k₁ · k₂, o₁, o₂] → [N, C, k₁, k₂, o₁, o₂] → [N, C, o, k] */
  windows: ({ graph, inputs: [x], output, settings }) => {
    const window = settings.window()
    const rank = window.length
    const channels = x.shape[1]
    const found = graph.add('Conv', [x, takers(graph, channels, window)], {
      ...sliding(window),
      group: channels,
    })
    const sizes = window.map(({ size }) => size)
    const counts = (shape: Shape) => shape.slice(2, 2 + rank)
    const joined = bothSizes(output, (shape) => {
      return [shape[0], channels * sizeOf(sizes), ...counts(shape)]
    })
    const apart = bothSizes(output, (shape) => {
      return [shape[0], channels, ...sizes, ...counts(shape)]
    })
    const spread = reshaped(graph, { ...joined, name: found }, apart)
    return graph.add('Transpose', [spread], { perm: exchanged(rank) })
  },

  /** The way back. */
  sumOfWindows: ({ graph, inputs: [x], output, settings }) => {
    const window = settings.window()
    const rank = window.length
    const channels = x.shape[1]
    const across = bothSizes(x, (shape) => exchanged(rank).map((axis) => shape[axis]))
    const turned = graph.add('Transpose', [x], { perm: exchanged(rank) })
    const joined = bothSizes(across, ([batch, , ...rest]) => {
      return [batch, channels * sizeOf(rest.slice(0, rank)), ...rest.slice(rank)]
    })
    const columns = reshaped(graph, { ...across, name: turned }, joined)
    return graph.add('ConvTranspose', [columns, takers(graph, channels, window)], {
      ...slidingBack(window, joined.shape.slice(2), output.shape.slice(2)),
      group: channels,
    })
  },

  conv: ({ graph, inputs, settings }) =>
    graph.add('Conv', inputs, {
      ...sliding(settings.window()),
      group: settings.number('groups'),
    }),

  convInputGradient: ({ graph, inputs, output, settings }) => {
    const counts = inputs[0].shape.slice(2)
    return graph.add('ConvTranspose', inputs, {
      ...slidingBack(settings.window(), counts, output.shape.slice(2)),
      group: settings.number('groups'),
    })
  },

  maxPool: ({ graph, inputs: [x], output, settings }) => {
    const window = settings.window()
    const planes = asPlanes(graph, x, window)
    const found = graph.add('MaxPool', [planes], sliding(window))
    return reshaped(graph, { ...planesOf(output, window), name: found }, output)
  },

  /** ONNX counts places through all planes: what is left modulo a plane is in the own. */
  largestInWindows: ({ graph, inputs: [x], output, settings }) => {
    const window = settings.window()
    const planes = asPlanes(graph, x, window)
    const [, places] = graph.addWide('MaxPool', [planes], sliding(window), 2)
    const plane = graph.ints(sizeOf(x.shape.slice(x.shape.length - window.length)))
    const own = graph.convert(graph.add('Mod', [places, plane]), 'int32')
    return reshaped(graph, { ...planesOf(output, window), name: own }, output)
  },
}

/** Whatever leads to the axes of a window, as channels of one picture each. */
function planesOf(value: Unnamed, window: Window): Unnamed {
  if (value.shape.length === window.length + 2) return value
  return bothSizes(value, (shape) => {
    const lead = shape.length - window.length
    return [sizeOf(shape.slice(0, lead)), 1, ...shape.slice(lead)]
  })
}

function asPlanes(graph: GraphBuilder, x: Value, window: Window): string {
  return reshaped(graph, x, planesOf(x, window))
}

/** How a transposed convolution goes from `counts` windows back to `extents`. */
function slidingBack(window: Window, counts: Shape, extents: Shape) {
  // No window reaches what lies behind a negative padding: it is output that is added.
  const reaching = window.map((axis) => ({ ...axis, after: Math.max(0, axis.after) }))
  const reached = (
    { size, stride, dilation, before, after }: WindowAxis,
    count: number,
  ) => (count - 1) * stride + dilation * (size - 1) + 1 - before - after
  const output_padding = reaching.map(
    (axis, n) => extents[n] - reached(axis, counts[n]),
  )
  return { ...sliding(reaching), output_padding }
}

/** N, C, and two groups of axes in exchanged order. */
function exchanged(rank: number): number[] {
  const axes = Array.from({ length: rank }, (_, n) => n)
  return [0, 1, ...axes.map((n) => 2 + rank + n), ...axes.map((n) => 2 + n)]
}
