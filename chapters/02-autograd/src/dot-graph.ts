import type { Tensor } from './tensor.ts'

/**
 * How a tensor was made, as text for Graphviz: boxes are tensors with their shapes,
 * ellipses the operations between them. Leaves that require a gradient are filled.
 *
 * @example
 * const x = tensor([1, 2], { requiresGrad: true })
 * toDot(x.exp())
 * // → digraph {
 * //     rankdir=LR
 * //     t0 [shape=box, label="[2]"]
 * //     t0op [label="exp"]
 * //     t0op -> t0
 * //     t1 -> t0op
 * //     t1 [shape=box, label="[2]", style=filled]
 * //   }
 * //
 */
export function toDot(output: Tensor): string {
  const names = new Map<Tensor, string>([[output, 't0']])
  const lines: string[] = []
  for (const [tensor, name] of names) {
    const filled = tensor.isLeaf && tensor.requiresGrad ? ', style=filled' : ''
    lines.push(`${name} [shape=box, label="[${tensor.shape.join(', ')}]"${filled}]`)
    if (!tensor.node) continue
    lines.push(
      `${name}op [label=${quoted(tensor.node.op.name)}]`,
      `${name}op -> ${name}`,
    )
    for (const input of tensor.node.inputs) {
      if (!names.has(input)) names.set(input, `t${names.size}`)
      lines.push(`${names.get(input)} -> ${name}op`)
    }
  }
  return `digraph {\n  rankdir=LR\n${lines.map((line) => `  ${line}\n`).join('')}}\n`
}

/** A name as Graphviz reads it, whatever an operator of one's own is called. */
function quoted(name: string): string {
  return `"${name.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`
}
