import { describe, expect, test } from 'vitest'
import { noGrad, tensor } from '../src/index.ts'

const leaf = (values: number | number[]) => tensor(values, { requiresGrad: true })

describe('overwriting', () => {
  test('changes the elements and gives the tensor itself', () => {
    const x = tensor([1, 2])
    expect(
      x
        .add_(1)
        .sub_(tensor([0, 1]))
        .mul_(6)
        .div_(4),
    ).toBe(x)
    expect(x.toArray()).toEqual([3, 3])
    expect(x.copy_(tensor(5)).toArray()).toEqual([5, 5])
    expect(x.fill_(7).toArray()).toEqual([7, 7])
    expect(x.zero_().toArray()).toEqual([0, 0])
  })

  test('by a view changes what the view was taken from', () => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ])
    x.select(0, 1).mul_(10)
    x.t().select(0, 0).zero_()
    expect(x.toArray()).toEqual([
      [0, 2],
      [0, 40],
    ])
  })

  test('is refused on what a graph still needs', () => {
    const y = leaf([1, 2]).exp()
    const message =
      'add_: the tensor was made by exp, and its graph still needs it: use the ' +
      'operation without underscore, or detach() first'
    expect(() => y.add_(1)).toThrow(message)
    expect(() => noGrad(() => y.add_(1))).toThrow(message)
    expect(() => y.zero_()).toThrow('zero_: the tensor was made by exp')
    expect(() => y.fill_(1)).toThrow('fill_: the tensor was made by exp')
    expect(() => y.copy_(tensor(0))).toThrow('copy_: the tensor was made by exp')
    expect(y.toArray()).toEqual([Math.fround(Math.exp(1)), Math.fround(Math.exp(2))])
  })

  test('is allowed once the graph is gone', () => {
    const y = leaf([1, 2]).mul(2)
    y.sum().backward()
    expect(noGrad(() => y.add_(1)).toArray()).toEqual([3, 5])
  })

  test('is refused on a leaf that requires a gradient', () => {
    expect(() => leaf([1, 2]).mul_(2)).toThrow(
      'mul_: the tensor requires a gradient, and overwriting is not recorded: use the ' +
        'operation without underscore, or noGrad(() => …) to change it unrecorded',
    )
  })

  test('is allowed on a leaf in noGrad, which is how optimizers step', () => {
    const x = leaf([1, 2])
    x.mul(3).sum().backward()
    noGrad(() => x.grad && x.sub_(x.grad.mul(0.5)))
    expect(x.toArray()).toEqual([-0.5, 0.5])
    expect(x.requiresGrad).toBe(true)
  })

  test('with what requires a gradient is refused, for that would be lost', () => {
    expect(() => tensor([1, 2]).add_(leaf([1, 2]))).toThrow(
      'add_: the source requires a gradient, which would be lost: use the operation ' +
        'without underscore, or detach() the source',
    )
    expect(() => tensor([1, 2]).copy_(leaf([1, 2]))).toThrow(
      'copy_: the source requires',
    )
    expect(
      tensor([1, 2])
        .add_(leaf([1, 2]).detach())
        .toArray(),
    ).toEqual([2, 4])
  })

  const overwritten = (op: string) =>
    `backward: an input or the result of this ${op} was overwritten after it ran, so ` +
    'its gradient may be wrong: overwrite a clone() instead'

  test('an input before backward is noticed', () => {
    const x = leaf([1, 2])
    const y = x.mul(x).sum()
    noGrad(() => x.mul_(2))
    expect(() => y.backward()).toThrow(overwritten('mul'))
  })

  test('an input by a view of it is noticed', () => {
    const x = leaf([1, 2])
    const y = x.mul(x).sum()
    noGrad(() => x.narrow(0, 0, 1).zero_())
    expect(() => y.backward()).toThrow(overwritten('mul'))
  })

  test('a result that was detached first is noticed', () => {
    const x = leaf([1, 2])
    const y = x.exp()
    y.detach().zero_()
    expect(() => y.sum().backward()).toThrow(overwritten('exp'))
  })

  test('with a result of another dtype is refused', () => {
    const x = tensor([1, 2], { dtype: 'int32' })
    expect(() => x.div_(2)).toThrow('div_: a result of float32 does not fit')
  })
})
