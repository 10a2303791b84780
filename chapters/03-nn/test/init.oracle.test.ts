import { type Tensor, zeros } from '@deepdive/autograd'
import { Generator, manualSeed } from '@deepdive/tensor'
import { readFixture } from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import { init } from '../src/index.ts'
import { construct } from './layer-case.ts'

/** What tools/oracle/nn_init.py writes. */
type InitCase = GainCase | FillCase | LayerCase

interface GainCase {
  readonly kind: 'gain'
  readonly name: string
  readonly args: readonly [nonlinearity: string, param?: number]
  readonly gain: number
}

interface FillCase {
  readonly kind: 'fill'
  readonly name: string
  readonly function: string
  readonly options: Readonly<Record<string, unknown>>
  readonly shape: readonly number[]
  readonly distribution: Distribution
}

interface LayerCase {
  readonly kind: 'layer'
  readonly name: string
  readonly layer: string
  readonly args: readonly unknown[]
  readonly options: Readonly<Record<string, unknown>>
  readonly parameters: Readonly<Record<string, Distribution>>
  readonly zeroRow?: number
}

type Distribution =
  | { readonly uniform: readonly [low: number, high: number] }
  | { readonly normal: readonly [mean: number, std: number] }
  | { readonly constant: number }

describe('starting values are PyTorch’s', () => {
  for (const initCase of readFixture<InitCase>(import.meta.url, 'init'))
    test(initCase.name, () => {
      if (initCase.kind === 'gain') checkGain(initCase)
      else if (initCase.kind === 'fill') checkFill(initCase)
      else checkLayer(initCase)
    })
})

/** `leaky_relu` is `leakyRelu` here; whatever is no name stays as it is. */
function camelCase<Value>(value: Value): Value | string {
  if (typeof value !== 'string') return value
  return value.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function checkGain({ args: [nonlinearity, ...param], gain }: GainCase): void {
  const args = [camelCase(nonlinearity), ...param]
  expect(Reflect.apply(init.calculateGain, null, args)).toBeCloseTo(gain, 6)
}

/** From one seed come the same numbers as from the distribution that PyTorch drew from. */
function checkFill({ function: name, options, shape, distribution }: FillCase): void {
  const entries = Object.entries(options).map(([key, value]) => [key, camelCase(value)])
  const fill: (x: Tensor, options: object) => Tensor = Reflect.get(init, name)
  const generator = new Generator(3)
  const found = fill(zeros(shape), { ...Object.fromEntries(entries), generator })
  const expected = drawn(zeros(shape), distribution)
  const difference = found.sub(expected).abs().amax().item()
  expect(difference).toBeLessThan(1e-6)
}

function drawn(x: Tensor, distribution: Distribution): Tensor {
  const options = { generator: new Generator(3) }
  if ('uniform' in distribution)
    return init.uniform_(x, ...distribution.uniform, options)
  if ('normal' in distribution) return init.normal_(x, ...distribution.normal, options)
  return init.constant_(x, distribution.constant)
}

/** Many layers of a kind hold numbers enough to tell a distribution. */
function checkLayer({ layer, args, options, parameters, zeroRow }: LayerCase): void {
  manualSeed(5)
  const made = Array.from({ length: 300 }, () => construct(layer, args, options))
  const pools = new Map<string, number[]>()
  for (const module of made)
    for (const [key, parameter] of module.namedParameters()) {
      const rows = parameter.toTypedArray()
      const width = parameter.size(-1)
      const kept = [...rows].filter((_, place) => Math.floor(place / width) !== zeroRow)
      const pool = pools.get(key) ?? []
      pools.set(key, pool)
      pool.push(...kept)
      if (zeroRow !== undefined)
        expect(parameter.select(0, zeroRow).toArray()).toEqual([0, 0, 0])
    }
  expect([...pools.keys()]).toEqual(Object.keys(parameters))
  for (const [key, distribution] of Object.entries(parameters))
    checkNumbers(pools.get(key) ?? [], distribution)
}

function checkNumbers(numbers: readonly number[], distribution: Distribution): void {
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)]
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length
  const variance = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length
  const std = Math.sqrt(variance)
  if ('constant' in distribution) {
    expect([low, high]).toEqual([distribution.constant, distribution.constant])
  } else if ('uniform' in distribution) {
    const [from, to] = distribution.uniform
    expect(low).toBeGreaterThanOrEqual(from - 1e-6)
    expect(high).toBeLessThanOrEqual(to + 1e-6)
    expect(Math.abs(mean) / (to - from)).toBeLessThan(0.04)
    expect(std / ((to - from) / Math.sqrt(12))).toBeCloseTo(1, 1)
  } else {
    expect(mean).toBeCloseTo(distribution.normal[0], 1)
    expect(std / distribution.normal[1]).toBeCloseTo(1, 1)
    expect(high).toBeGreaterThan(2.5 * distribution.normal[1])
  }
}
