import { cpu } from '@deepdive/tensor'
import { expect, test } from 'vitest'
import { functional } from '../src/index.ts'
import { tensorOf } from './layer-case.ts'
import { lossCases, lossLayers } from './losses-oracle.ts'
import { describeOracle } from './oracle.ts'

describeOracle(cpu)

test('the oracle knows every loss', () => {
  const known = new Set(lossCases.map(({ loss }) => loss))
  expect(known).toEqual(new Set(Object.keys(lossLayers)))
  expect(lossCases.length).toBeGreaterThan(150)
})

test('the mean of nothing, which is NaN in PyTorch, is refused by every loss', () => {
  const nothing = lossCases.filter(({ name }) => name.endsWith('an empty batch, sum'))
  expect(nothing.map(({ loss }) => loss)).toEqual(Object.keys(lossLayers))
  for (const { loss, inputs } of nothing) {
    const args = inputs.map((given) => tensorOf(given))
    expect(() => Reflect.apply(functional[loss], null, args)).toThrow(
      `${loss}: there are no losses to average: the batch is empty`,
    )
  }
})
