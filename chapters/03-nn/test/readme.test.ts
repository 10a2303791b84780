import * as autograd from '@deepdive/autograd'
import { readmeExamples, testReadme } from '@deepdive/testing'
import { expect, test } from 'vitest'
import * as nn from '../src/index.ts'

testReadme(import.meta.url, { ...autograd, ...nn, F: nn.functional })

test('the README shows a model, a layer and an operator, these in under 10 lines', () => {
  const [model, layer, operator, ...others] = readmeExamples(import.meta.url)
  expect(model).toContain('summary(model')
  expect(others).toEqual([])
  const lengthOf = (code: string, start: string, end: string) => {
    const lines = code.split('\n')
    return lines.indexOf(end) - lines.findIndex((line) => line.startsWith(start)) + 1
  }
  const lengths = [lengthOf(layer, 'class', '}'), lengthOf(operator, 'const', '})')]
  for (const length of lengths) {
    expect(length).toBeGreaterThan(3)
    expect(length).toBeLessThan(10)
  }
})
