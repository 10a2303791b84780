import { describe, expect, test } from 'vitest'
import { enableGrad, isGradEnabled, noGrad, Tensor, tensor } from '../src/index.ts'

const leaf = (values: number | number[]) => tensor(values, { requiresGrad: true })

describe('noGrad', () => {
  test('what it makes was made by nothing', () => {
    const x = leaf(3)
    const y = noGrad(() => x.mul(2))
    expect(y.item()).toBe(6)
    expect(y.requiresGrad).toBe(false)
    expect(y.isLeaf).toBe(true)
  })

  test('ends with its function, and when that throws too', () => {
    expect(() =>
      noGrad(() => {
        throw new Error('on the way')
      }),
    ).toThrow('on the way')
    expect(isGradEnabled()).toBe(true)
    expect(leaf(3).mul(2).requiresGrad).toBe(true)
  })

  test('inside another noGrad ends with the outer one', () => {
    noGrad(() => {
      noGrad(() => {})
      expect(isGradEnabled()).toBe(false)
    })
    expect(isGradEnabled()).toBe(true)
  })

  test('enableGrad records inside it, and restores it', () => {
    noGrad(() => {
      expect(enableGrad(() => leaf(3).mul(2)).requiresGrad).toBe(true)
      expect(isGradEnabled()).toBe(false)
    })
  })

  test('refuses an asynchronous function, which would go on recorded', () => {
    expect(() => noGrad(async () => {})).toThrow(
      'noGrad: the function is asynchronous, so it would go on in the wrong mode: wrap ' +
        'each part between awaits on its own',
    )
    expect(() => enableGrad(() => Promise.resolve())).toThrow(
      'enableGrad: the function',
    )
    expect(isGradEnabled()).toBe(true)
  })

  test('a pass through a graph records nothing, and restores the mode', () => {
    const x = leaf(3)
    x.registerHook(() => {
      expect(isGradEnabled()).toBe(false)
      return undefined
    })
    x.mul(2).backward()
    expect(x.grad?.item()).toBe(2)
    expect(isGradEnabled()).toBe(true)
  })
})

describe('detach', () => {
  test('shares the elements and forgets the graph', () => {
    const x = leaf([1, 2])
    const cut = x.mul(2).detach()
    expect(cut.toArray()).toEqual([2, 4])
    expect(cut.requiresGrad).toBe(false)
    const y = x.detach()
    y.fill_(5)
    expect(x.toArray()).toEqual([5, 5])
  })

  test('counts as a constant', () => {
    const x = leaf(3)
    x.mul(x.detach()).backward()
    expect(x.grad?.item()).toBe(3)
  })
})

describe('requiresGrad', () => {
  test('can be set on a leaf, and unset', () => {
    const x = tensor([1, 2])
    expect(x.mul(2).requiresGrad).toBe(false)
    x.requiresGrad = true
    expect(x.mul(2).requiresGrad).toBe(true)
    x.requiresGrad = false
    expect(x.mul(2).requiresGrad).toBe(false)
  })

  test('cannot be unset on what was made from another', () => {
    const y = leaf(3).mul(2)
    expect(() => {
      y.requiresGrad = false
    }).toThrow('requiresGrad: this tensor was made by mul, from one that requires a')
  })

  test('is for float32 only', () => {
    const message = (dtype: string) =>
      `requiresGrad: only float32 has gradients, not ${dtype}: use .to('float32')`
    expect(() => tensor([1], { dtype: 'int32', requiresGrad: true })).toThrow(
      message('int32'),
    )
    expect(() => tensor([true], { requiresGrad: true })).toThrow(message('bool'))
    const mask = tensor([true])
    expect(() => {
      mask.requiresGrad = true
    }).toThrow(message('bool'))
    expect(() => new Tensor(mask.array, true)).toThrow(message('bool'))
  })
})
