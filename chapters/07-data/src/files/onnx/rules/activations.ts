import type { Call, Rules } from './rule.ts'

/** A node that works along an axis. */
function alongAxis(type: string, { graph, inputs: [x], settings }: Call): string {
  return graph.add(type, [x], { axis: settings.axis(x.shape.length) })
}

/** x / √(mean(x²) + eps) over the axes of `dims`. */
function toOne({ graph, settings }: Call, x: string, axes: readonly number[]): string {
  const squares = graph.add('Mul', [x, x])
  const mean = graph.add('ReduceMean', [squares], { axes, keepdims: 1 })
  const more = graph.add('Add', [mean, graph.number(settings.number('eps'), 'float32')])
  return graph.add('Div', [x, graph.add('Sqrt', [more])])
}

export const activations: Rules = {
  softmax: (call) => alongAxis('Softmax', call),
  logSoftmax: (call) => alongAxis('LogSoftmax', call),
  leakyRelu: ({ graph, inputs, settings }) =>
    graph.add('LeakyRelu', inputs, { alpha: { float: settings.number('slope') } }),
  prelu: ({ graph, inputs }) => graph.add('PRelu', inputs),
  elu: ({ graph, inputs, settings }) =>
    graph.add('Elu', inputs, { alpha: { float: settings.number('alpha') } }),
  /** ln(1 + e^βx) / β, and x itself above the threshold. */
  softplus: ({ graph, inputs: [x], settings }) => {
    const beta = graph.number(settings.number('beta'), 'float32')
    const scaled = graph.add('Mul', [x, beta])
    const smooth = graph.add('Div', [graph.add('Softplus', [scaled]), beta])
    const limit = graph.number(settings.number('threshold'), 'float32')
    return graph.add('Where', [graph.add('Greater', [scaled, limit]), x, smooth])
  },
  standardize: (call) => {
    const { graph, inputs, settings } = call
    const axes = settings.axes(inputs[0].shape.length)
    const mean = graph.add('ReduceMean', inputs, { axes, keepdims: 1 })
    return toOne(call, graph.add('Sub', [inputs[0], mean]), axes)
  },
  /** For each channel, the second axis, by what all others have. */
  batchNorm: (call) => {
    const { graph, inputs } = call
    const [x, ...vectors] = inputs
    const axes = [...x.shape.keys()].toSpliced(1, 1)
    const mean = graph.add('ReduceMean', [x], { axes, keepdims: 1 })
    const y = toOne(call, graph.add('Sub', [x, mean]), axes)
    const alongChannels = graph.ints([-1, ...x.shape.slice(2).map(() => 1)])
    const [weight, bias] = vectors.map((v) => graph.add('Reshape', [v, alongChannels]))
    return graph.add('Add', [graph.add('Mul', [y, weight]), bias])
  },
  scaleToOne: (call) => {
    const [x] = call.inputs
    return toOne(call, x.name, call.settings.axes(x.shape.length))
  },
}
