import type { DType } from '@deepdive/tensor'
import type { GraphBuilder } from '../graph-builder.ts'
import type { Value } from '../value.ts'
import type { Call, Rule, Rules } from './rule.ts'

/** A reduction whose axes are an attribute, as all but ReduceSum have them so far. */
function reduction(type: string): (call: Call) => string {
  return ({ graph, inputs: [x], output, settings }) => {
    const axes = settings.axes(x.shape.length)
    const keepdims = Number(settings.flag('keepdim'))
    // There is no order among bools.
    const through: DType = output.dtype === 'bool' ? 'int32' : output.dtype
    const found = graph.add(type, [graph.cast(x, through)], { axes, keepdims })
    return through === output.dtype ? found : graph.convert(found, output.dtype)
  }
}

/** Whether any or all elements are not 0: the largest or the smallest of them as 0 or 1. */
function question(type: string): Rule {
  return (call) => {
    const [x] = call.inputs
    const truth: Value = { ...x, name: call.graph.cast(x, 'bool'), dtype: 'bool' }
    return reduction(type)({ ...call, inputs: [truth] })
  }
}

export function sumOver(
  graph: GraphBuilder,
  x: string,
  axes: readonly number[],
  keepdims: number,
): string {
  return graph.add('ReduceSum', [x, graph.ints(axes)], { keepdims })
}

/** Over the axes that an operation was told. */
function sumOfCall({ graph, inputs: [x], settings }: Call, summands: string): string {
  const axes = settings.axes(x.shape.length)
  return sumOver(graph, summands, axes, Number(settings.flag('keepdim')))
}

/** The place of the largest or the smallest, along an axis or among all. */
function place(type: string): Rule {
  return ({ graph, inputs: [x], output, settings }) => {
    if (settings.has('dim')) {
      const keepdims = Number(settings.flag('keepdim'))
      const axis = settings.axis(x.shape.length)
      return graph.convert(graph.add(type, [x], { axis, keepdims }), 'int32')
    }
    const flat = graph.add('Reshape', [x, graph.ints([-1])])
    const found = graph.add(type, [flat], { axis: 0, keepdims: 0 })
    const placed = graph.add('Reshape', [found, graph.ints(output.shape)])
    return graph.convert(placed, 'int32')
  }
}

/** The order of all elements along an axis is that of the top k where k is all. */
const argsort: Rule = ({ graph, inputs: [x], settings }) => {
  const axis = settings.axis(x.shape.length)
  const attributes = { axis, largest: Number(settings.flag('descending')) }
  const k = graph.ints([x.shape[axis]])
  const numbers = x.dtype === 'bool' ? graph.cast(x, 'int32') : x
  const [, places] = graph.addWide('TopK', [numbers, k], attributes, 2)
  return graph.convert(places, 'int32')
}

export const reductions: Rules = {
  sum: (call) => sumOfCall(call, call.graph.cast(call.inputs[0], call.output.dtype)),
  amax: reduction('ReduceMax'),
  amin: reduction('ReduceMin'),
  prod: reduction('ReduceProd'),
  any: question('ReduceMax'),
  all: question('ReduceMin'),
  argmax: place('ArgMax'),
  argmin: place('ArgMin'),
  argsort,
  cumsum: ({ graph, inputs: [x], output, settings }) =>
    graph.add('CumSum', [
      graph.cast(x, output.dtype),
      graph.ints(settings.axis(x.shape.length)),
    ]),
  logSumExp: ({ graph, inputs: [x], settings }) =>
    graph.add('ReduceLogSumExp', [x], {
      axes: [settings.axis(x.shape.length)],
      keepdims: 1,
    }),
  norm: (call) => {
    const { graph, inputs, settings } = call
    const p = settings.number('p')
    if (p === 2) return reduction('ReduceL2')(call)
    const size = graph.add('Abs', inputs)
    if (p === 0) {
      const zero = graph.add('Equal', [size, graph.number(0, 'float32')])
      return sumOfCall(call, graph.convert(graph.add('Not', [zero]), 'float32'))
    }
    const powers = graph.add('Pow', [size, graph.number(p, 'float32')])
    const root = graph.number(1 / p, 'float32')
    return graph.add('Pow', [sumOfCall(call, powers), root])
  },
}
