import type { GraphBuilder } from './graph-builder.ts'
import type { OnnxGraph, OnnxNode, Port } from './messages.ts'

/**
 * The graph that makes `outputs` of the values in `made`: those nodes and constants that
 * have a part in them, and no others.
 */
export function finishGraph(
  builder: GraphBuilder,
  inputs: readonly Port[],
  outputs: readonly Port[],
  made: readonly string[],
): OnnxGraph {
  const nodes = withOutputs(builder, outputs, made)
  const needed = new Set(outputs.map(({ name }) => name))
  const kept = nodes.reverse().filter((node) => {
    if (!node.outputs.some((output) => needed.has(output))) return false
    for (const input of node.inputs) needed.add(input)
    return true
  })
  const constants = [...builder.constants].filter(([name]) => needed.has(name))
  return { nodes: kept.reverse(), constants: new Map(constants), inputs, outputs }
}

/** Gives values the names of outputs; what has another name already, gets a copy. */
function withOutputs(
  builder: GraphBuilder,
  outputs: readonly Port[],
  made: readonly string[],
): OnnxNode[] {
  const names = new Map<string, string>()
  const byNode = new Set(builder.nodes.flatMap(({ outputs }) => outputs))
  for (const [n, { name }] of outputs.entries()) {
    if (byNode.has(made[n]) && !names.has(made[n])) names.set(made[n], name)
    else builder.addNamed('Identity', [made[n]], [name])
  }
  const renamed = (list: readonly string[]) =>
    list.map((name) => names.get(name) ?? name)
  return builder.nodes.map((node) => {
    return { ...node, inputs: renamed(node.inputs), outputs: renamed(node.outputs) }
  })
}
