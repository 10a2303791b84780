import { Module } from '@deepdive/nn'
import { readFixture } from '@deepdive/testing'
import { expect, test } from 'vitest'
import { describeLayers, type LayerCase } from '../../03-nn/test/layer-case.ts'
import * as conv from '../src/index.ts'

const chapter = {
  testUrl: import.meta.url,
  layers: conv,
  functions: conv.functional,
}

const fixtures = ['layers', 'normalization']

for (const fixture of fixtures) describeLayers(fixture, undefined, {}, chapter)

test('the oracle knows every layer of the chapter', () => {
  const cases = fixtures.flatMap((name) =>
    readFixture<LayerCase>(import.meta.url, name),
  )
  const known = new Set(cases.map(({ layer }) => layer))
  const layers = Object.entries(conv).filter(([, value]) => isLayer(value))
  expect(layers.map(([name]) => name).filter((name) => !known.has(name))).toEqual([])
})

function isLayer(value: unknown): boolean {
  return typeof value === 'function' && value.prototype instanceof Module
}
