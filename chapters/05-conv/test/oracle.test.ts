import { Module } from '@deepdive/nn'
import { cpu } from '@deepdive/tensor'
import { readFixture } from '@deepdive/testing'
import { expect, test } from 'vitest'
import type { LayerCase } from '../../03-nn/test/layer-case.ts'
import * as conv from '../src/index.ts'
import { describeOracle, layerFixtures, readFunctionCases } from './oracle.ts'
import { asked, sizeCases } from './sizes-oracle.ts'

describeOracle(cpu)

test('the oracle knows every function whose result chance does not decide', () => {
  const known = readFunctionCases().flatMap(([, cases]) => cases.map((c) => c.function))
  const functions = Object.keys(conv.functional).filter(
    (name) => !name.startsWith('dropout'),
  )
  expect(functions.filter((name) => !known.includes(name))).toEqual([])
})

test('the oracle knows every layer of the chapter', () => {
  const cases = layerFixtures.flatMap((name) =>
    readFixture<LayerCase>(import.meta.url, name),
  )
  const known = new Set(cases.map(({ layer }) => layer))
  const layers = Object.entries(conv).filter(([, value]) => isLayer(value))
  expect(layers.map(([name]) => name).filter((name) => !known.has(name))).toEqual([])
})

function isLayer(value: unknown): boolean {
  return typeof value === 'function' && value.prototype instanceof Module
}

test('the grid of sizes holds every function, and errors of some and of all', () => {
  expect(new Set(sizeCases.map((c) => c.function)).size).toBe(4)
  expect(sizeCases.filter((c) => c.sizes?.includes(null)).length).toBeGreaterThan(50)
  expect(sizeCases.filter((c) => c.error).length).toBeGreaterThan(50)
  expect(sizeCases.every((c) => (c.sizes?.length ?? asked) === asked)).toBe(true)
  expect(sizeCases.every((c) => (c.error ?? false) !== 'sizes' in c)).toBe(true)
})
