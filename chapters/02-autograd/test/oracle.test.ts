import { cpu } from '@deepdive/tensor'
import { expect, test } from 'vitest'
import { binaryOps } from '../src/ops/binary.ts'
import { unaryOps } from '../src/ops/unary.ts'
import { describeOracle, readAllFixtures } from './oracle.ts'

describeOracle(cpu)

test('the oracle knows every elementwise operation', () => {
  const known = readAllFixtures().flatMap(([, cases]) => cases.map((c) => c.method))
  const operations = [...Object.keys(unaryOps), ...Object.keys(binaryOps)]
  expect(operations.filter((name) => !known.includes(name))).toEqual([])
})
