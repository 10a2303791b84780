import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  AnomalyError,
  detectAnomaly,
  einsum,
  full,
  type Tensor,
  tensor,
} from '../src/index.ts'

const leaf = (values: number | number[]) => tensor(values, { requiresGrad: true })

/** The message of what `fn` throws in anomaly mode. */
function anomaly(fn: () => unknown): string {
  try {
    detectAnomaly(fn)
  } catch (error) {
    if (error instanceof AnomalyError) return error.message
    throw error
  }
  return 'no anomaly'
}

/** The only line of this file that ends in this comment. */
function lineOf(comment: string): string {
  const lines = readFileSync(new URL(import.meta.url), 'utf8').split('\n')
  return `anomaly.test.ts:${lines.findIndex((line) => line.endsWith(`// ${comment}`)) + 1}:`
}

describe('anomaly mode', () => {
  test('names the operation that first made a NaN, and the line that called it', () => {
    const message = anomaly(() => {
      const x = tensor([1, -1, 4])
      const y = x.log() // makes a NaN
      return y.exp().sum()
    })
    expect(message).toMatch(
      /^log: made 1 NaN from inputs of \[3\] that have none, called at /,
    )
    expect(message).toContain(lineOf('makes a NaN'))
  })

  test('names the operation whose gradient first made an Infinity', () => {
    const message = anomaly(() => {
      const x = leaf([4, 0])
      const y = x.sqrt() // has no slope at 0
      y.mul(2).sum().backward()
    })
    expect(message).toMatch(/^the gradient of sqrt: made 1 NaN or Infinity from inputs/)
    expect(message).toContain(lineOf('has no slope at 0'))
  })

  test('counts what is not finite', () => {
    expect(anomaly(() => tensor([1, 0, 0]).reciprocal())).toContain(
      'reciprocal: made 2 NaN or Infinity',
    )
  })

  test('finds a NaN made from an Infinity, as where a mask leaves nothing', () => {
    const masked = () => tensor([1, 2]).maskedFill(tensor([true, true]), -Infinity)
    expect(anomaly(() => masked().softmax(0))).toContain('softmax: made 2 NaN')
  })

  test('names your line however deep inside the operation lies', () => {
    const message = anomaly(() => full([4096], 10).prod()) // overflows
    expect(message).toContain(lineOf('overflows'))
    const product = anomaly(
      () => einsum('i,i,i->', full([2], 1e30), full([2], 1e30), full([2], 1)), // too large
    )
    expect(product).toContain(lineOf('too large'))
  })

  test('refuses what would go on after it ended', () => {
    expect(() => detectAnomaly(async () => {})).toThrow(
      'detectAnomaly: the function is asynchronous, so it would go on in the wrong mode',
    )
  })

  test('lets pass what was not finite before', () => {
    expect(anomaly(() => tensor([1, Infinity]).mul(2))).toBe('no anomaly')
    expect(
      anomaly(() => tensor([1, 2]).maskedFill(tensor([true, false]), -Infinity)),
    ).toBe('no anomaly')
  })

  test('lets a rule mask what is not finite on its way', () => {
    const gradientOf = (fn: (x: Tensor) => Tensor) =>
      anomaly(() =>
        fn(leaf([0, 0]))
          .sum()
          .backward(),
      )
    expect(gradientOf((x) => x.pow(0))).toBe('no anomaly')
    expect(gradientOf((x) => x.norm())).toBe('no anomaly')
    expect(gradientOf((x) => tensor(0).pow(x.add(1)))).toBe('no anomaly')
  })

  test('ends with its function, and when that throws too', () => {
    expect(() => detectAnomaly(() => tensor(-1).log())).toThrow(AnomalyError)
    expect(tensor(-1).log().item()).toBeNaN()
  })

  test('gives what its function gives', () => {
    expect(detectAnomaly(() => tensor(4).sqrt().item())).toBe(2)
  })
})
