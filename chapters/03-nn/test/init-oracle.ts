import { cat, stack, type Tensor, zeros } from '@deepdive/autograd'
import { type Device, Generator, manualSeed } from '@deepdive/tensor'
import { readFixture } from '@deepdive/testing'
import { expect, test } from 'vitest'
import { describeOn } from '../../01-tensor/test/on-device.ts'
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

/** Compares starting values, drawn on `device`, with what PyTorch draws. */
export function describeInit(device: Device): void {
  describeOn(device, 'starting values are PyTorch’s', () => {
    for (const initCase of readFixture<InitCase>(import.meta.url, 'init'))
      test(initCase.name, async () => {
        if (initCase.kind === 'gain') checkGain(initCase)
        else if (initCase.kind === 'fill') await checkFill(initCase)
        else await checkLayer(initCase)
      })
  })
}

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
async function checkFill({ function: name, options, shape, distribution }: FillCase) {
  const entries = Object.entries(options).map(([key, value]) => [key, camelCase(value)])
  const fill: (x: Tensor, options: object) => Tensor = Reflect.get(init, name)
  const generator = new Generator(3)
  const found = fill(zeros(shape), { ...Object.fromEntries(entries), generator })
  const expected = drawn(zeros(shape), distribution)
  const difference = await found.sub(expected).abs().amax().cpu()
  expect(difference.item()).toBeLessThan(1e-6)
}

function drawn(x: Tensor, distribution: Distribution): Tensor {
  const options = { generator: new Generator(3) }
  if ('uniform' in distribution)
    return init.uniform_(x, ...distribution.uniform, options)
  if ('normal' in distribution) return init.normal_(x, ...distribution.normal, options)
  return init.constant_(x, distribution.constant)
}

/** Many layers of a kind hold numbers enough to tell a distribution. */
async function checkLayer({ layer, args, options, parameters, zeroRow }: LayerCase) {
  manualSeed(5)
  const made = Array.from({ length: 300 }, () => construct(layer, args, options))
  const keys = Array.from(made[0].namedParameters(), ([key]) => key)
  expect(keys).toEqual(Object.keys(parameters))
  for (const [n, key] of keys.entries()) {
    const all = await stack(made.map((module) => module.parameters()[n])).cpu()
    const [zero, drawn] = zeroRow === undefined ? [null, all] : apart(all, zeroRow)
    if (zero) expect(zero.ne(0).any().item()).toBe(0)
    checkNumbers(Array.from(drawn.toTypedArray()), parameters[key])
  }
}

/** One row of each matrix, and all other rows. */
function apart(matrices: Tensor, row: number): [Tensor, Tensor] {
  const others = cat([matrices.narrow(1, 0, row), matrices.slice(1, row + 1)], 1)
  return [matrices.select(1, row), others]
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
