import { cpu } from '@deepdive/tensor'
import { expect, test } from 'vitest'
import { functional } from '../src/index.ts'
import { describeOracle, readFunctionCases } from './oracle.ts'

describeOracle(cpu)

test('the oracle knows every function whose result chance does not decide', () => {
  const known = readFunctionCases().flatMap(([, cases]) => cases.map((c) => c.function))
  const functions = Object.keys(functional).filter(
    (name) => !name.startsWith('dropout'),
  )
  expect(functions.filter((name) => !known.includes(name))).toEqual([])
})
