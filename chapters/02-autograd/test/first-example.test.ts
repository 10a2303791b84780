import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { tensor } from '../src/index.ts'

test('a² + 3ab + b² at a = 2, b = 3 changes by 13 with a, and by 12 with b', () => {
  const a = tensor(2, { requiresGrad: true })
  const b = tensor(3, { requiresGrad: true })
  const y = a.pow(2).add(a.mul(b).mul(3)).add(b.pow(2))
  y.backward()
  expect(y.item()).toBe(31)
  expect(a.grad?.item()).toBe(13)
  expect(b.grad?.item()).toBe(12)
})

test('the example prints these numbers, and the graph', () => {
  const file = fileURLToPath(new URL('../examples/first.ts', import.meta.url))
  const flags = ['--import', 'tsx', '--conditions=deepdive-source']
  const output = execFileSync(process.execPath, [...flags, file], { encoding: 'utf8' })
  expect(output).toContain('y      = 31\na.grad = 13\nb.grad = 12\n')
  expect(output).toContain('digraph {')
  expect(output.match(/label="pow"/g)).toHaveLength(2)
})
