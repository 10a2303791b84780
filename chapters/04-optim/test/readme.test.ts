import * as autograd from '@deepdive/autograd'
import { readmeExamples, testReadme } from '@deepdive/testing'
import { expect, test } from 'vitest'
import * as optim from '../src/index.ts'

testReadme(import.meta.url, { ...autograd, ...optim })

test('the README shows an optimizer and a schedule', () => {
  const [training, ...others] = readmeExamples(import.meta.url)
  expect(training).toContain('schedule.step()')
  expect(others).toEqual([])
})
