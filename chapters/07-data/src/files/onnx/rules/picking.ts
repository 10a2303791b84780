import type { Rule, Rules } from './rule.ts'

/** Places counted from the end, from the start; which places a mask means, is data. */
const at: Rule = ({ graph, inputs: [index], settings }) => {
  if (index.dtype === 'bool') return undefined
  const extent = graph.number(settings.number('extent'), 'int32')
  const isNegative = graph.add('Less', [index, graph.number(0, 'int32')])
  return graph.add('Where', [isNegative, graph.add('Add', [index, extent]), index])
}

export const picking: Rules = {
  at,
  gather: ({ graph, inputs: [x, index], settings }) =>
    graph.add('GatherElements', [x, index], { axis: settings.axis(x.shape.length) }),
  scatter: ({ graph, inputs, settings }) =>
    graph.add('ScatterElements', inputs, {
      axis: settings.axis(inputs[0].shape.length),
    }),
  scatterAdd: ({ graph, inputs, settings }) =>
    graph.add('ScatterElements', inputs, {
      axis: settings.axis(inputs[0].shape.length),
      reduction: { text: 'add' },
    }),
}
