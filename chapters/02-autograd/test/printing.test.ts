import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { tensor, toDot } from '../src/index.ts'

describe('a tensor is printed', () => {
  const x = tensor(
    [
      [1, 2.5],
      [3, 4],
    ],
    { requiresGrad: true },
  )

  test('as its elements alone if it has no graph', () => {
    expect(String(tensor([1, 2]))).toBe('tensor([1., 2.])')
    expect(String(tensor(2.5))).toBe('tensor(2.5000)')
    expect(String(tensor([true]))).toBe('tensor([true])')
  })

  test('with requiresGrad if it is a leaf that does', () => {
    expect(`${x}`).toBe(
      'tensor([[1.0000, 2.5000],\n        [3.0000, 4.0000]], requiresGrad=true)',
    )
  })

  test('with the operation that made it', () => {
    expect(`${x.exp().sum(0)}`).toBe('tensor([22.8038, 66.7806], gradFn=<sum>)')
    expect(`${x.t().detach().select(0, 0)}`).toBe('tensor([1., 3.])')
  })

  test('by console.log as by String', () => {
    expect(inspect(x.select(0, 1))).toBe('tensor([3., 4.], gradFn=<select>)')
    expect(inspect({ x: tensor([1]) })).toBe('{ x: tensor([1.]) }')
  })
})

describe('toDot', () => {
  /** The nodes and edges of a graph in Graphviz's language. */
  function read(text: string) {
    const lines = text.trim().split('\n')
    expect(lines[0]).toBe('digraph {')
    expect(lines.at(-1)).toBe('}')
    const statements = lines.slice(1, -1).map((line) => line.trim())
    const nodes = new Map<string, string>()
    const edges: [from: string, to: string][] = []
    for (const statement of statements) {
      const node = statement.match(/^(\w+) \[(?:shape=box, )?label="([^"]*)"/)
      const edge = statement.match(/^(\w+) -> (\w+)$/)
      if (node) nodes.set(node[1], node[2])
      else if (edge) edges.push([edge[1], edge[2]])
      else expect(statement).toBe('rankdir=LR')
    }
    for (const ends of edges) for (const end of ends) expect(nodes.has(end)).toBe(true)
    return { nodes, edges }
  }

  test('shows shapes, operations, and which way the numbers went', () => {
    const a = tensor([[1, 2, 3]], { requiresGrad: true })
    const b = tensor([[1], [2]])
    const { nodes, edges } = read(toDot(a.mul(b).exp().sum()))
    expect([...nodes.values()].sort()).toEqual(
      ['[]', '[2, 3]', '[2, 3]', '[1, 3]', '[2, 1]', 'mul', 'exp', 'sum'].sort(),
    )
    const shown = edges.map((ends) => ends.map((end) => nodes.get(end)).join(' -> '))
    expect(shown.sort()).toEqual(
      [
        'sum -> []',
        '[2, 3] -> sum',
        'exp -> [2, 3]',
        '[2, 3] -> exp',
        'mul -> [2, 3]',
        '[1, 3] -> mul',
        '[2, 1] -> mul',
      ].sort(),
    )
  })

  test('shows a tensor once that is used twice', () => {
    const x = tensor(2, { requiresGrad: true })
    const { nodes, edges } = read(toDot(x.mul(x)))
    expect([...nodes.values()]).toEqual(['[]', 'mul', '[]'])
    expect(edges).toHaveLength(3)
  })

  test('fills the leaves that require a gradient', () => {
    const x = tensor([1, 2], { requiresGrad: true })
    const filled = toDot(x.mul(tensor([3, 4]))).match(/style=filled/g)
    expect(filled).toHaveLength(1)
  })
})
