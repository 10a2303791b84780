import { readmeExamples, testReadme } from '@deepdive/testing'
import { expect, test } from 'vitest'
import * as autograd from '../src/index.ts'

testReadme(import.meta.url, autograd)

test('the README shows three examples, the last an operator in under 10 lines', () => {
  const examples = readmeExamples(import.meta.url)
  expect(examples).toHaveLength(3)
  const lines = examples[2].split('\n')
  const start = lines.findIndex((line) => line.includes('defineOp({'))
  expect(lines.indexOf('})') - start + 1).toBeLessThan(10)
})
