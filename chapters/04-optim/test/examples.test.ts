import { readFileSync } from 'node:fs'
import * as autograd from '@deepdive/autograd'
import * as nn from '@deepdive/nn'
import * as array from '@deepdive/tensor'
import { runExample, testExamples, undocumented } from '@deepdive/testing'
import { expect, test } from 'vitest'
import * as optim from '../src/index.ts'

const scope = { ...array, ...autograd, ...nn, ...optim }

testExamples(import.meta.url, scope)

test('the example of the README does what it says', async () => {
  const text = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const [code] = text.match(/^ {4}import .*\n(?: {4}.*\n|\n(?= {4}))*/m) ?? ['']
  expect(code).toContain('// → ')
  await runExample(code.replace(/^ {4}/gm, ''), scope)
})

test('every public name is documented with an example that runs', () => {
  expect(undocumented(import.meta.url, optim)).toEqual([])
})
