import type { Rules } from './rule.ts'

export const products: Rules = {
  matmul: ({ graph, inputs, output }) =>
    graph.add(
      'MatMul',
      inputs.map((x) => graph.cast(x, output.dtype)),
    ),
  /** x · Wᵀ + b: of matrices there is a node for all of it. */
  linear: ({ graph, inputs: [x, weight, bias] }) => {
    if (x.shape.length === 2) {
      const inputs = bias ? [x, weight, bias] : [x, weight]
      return graph.add('Gemm', inputs, { transB: 1 })
    }
    const across = graph.add('Transpose', [weight], { perm: [1, 0] })
    const product = graph.add('MatMul', [x, across])
    return bias ? graph.add('Add', [product, bias]) : product
  },
}
