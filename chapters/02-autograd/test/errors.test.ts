import { cpu, type Device } from '@deepdive/tensor'
import { describe, expect, test } from 'vitest'
import {
  cat,
  einsum,
  GraphError,
  grad,
  gradcheck,
  pad,
  stack,
  tensor,
  where,
  zeros,
} from '../src/index.ts'

const leaf = (values: number | number[]) => tensor(values, { requiresGrad: true })

describe('backward refuses', () => {
  test('more than one number without a gradient', () => {
    expect(() => leaf([1, 2, 3]).mul(2).backward()).toThrow(
      'backward: only a single number has a gradient by itself, and this tensor is [3]: ' +
        'reduce it, by .sum() for instance, or pass a gradient of [3]',
    )
    expect(() => grad([leaf([1, 2]).mul(2)], [])).toThrow(
      'grad: only a single number has a gradient by itself, and this tensor is [2]',
    )
  })

  test('to go through a graph twice', () => {
    const x = leaf(3)
    const y = x.mul(x)
    y.backward()
    expect(() => y.backward()).toThrow(GraphError)
    expect(() => y.backward()).toThrow(
      'backward: the graph of this mul was used by an earlier pass and dropped: give ' +
        'that one { retainGraph: true } to go through it twice',
    )
    expect(x.grad?.item()).toBe(6)
  })

  test('to go through a part of a graph twice', () => {
    const x = leaf(3)
    const shared = x.exp()
    shared.mul(2).backward()
    expect(() => shared.mul(3).backward()).toThrow('the graph of this exp was used')
  })

  test('a gradient of another shape', () => {
    expect(() =>
      leaf([1, 2])
        .mul(2)
        .backward(tensor([1, 2, 3])),
    ).toThrow('backward: the gradient is [3], but the tensor [2]')
    expect(() => leaf([1, 2]).mul(2).backward(tensor(1))).toThrow(
      'backward: the gradient is [], but the tensor [2]',
    )
  })

  test('a gradient of another dtype', () => {
    const gradient = tensor([1, 2], { dtype: 'int32' })
    expect(() => leaf([1, 2]).mul(2).backward(gradient)).toThrow(
      'backward: the gradient is int32, but the tensor float32',
    )
  })

  test('what requires no gradient', () => {
    expect(() => tensor(2).mul(3).backward()).toThrow(
      'backward: this tensor requires no gradient: none that it was made from does, or ' +
        'it was made inside noGrad, detached, or by what has no slope, as argmax or gt',
    )
    expect(() => gradcheck((x) => x.mul(2), [tensor(1)])).toThrow(
      'grad: this tensor requires no gradient',
    )
  })
})

describe('grad refuses', () => {
  test('an input that requires no gradient', () => {
    const x = tensor([1, 2], { requiresGrad: true })
    expect(() => grad([x.sum()], [x, tensor([3])])).toThrow(
      'grad: input 1 of [1] requires no gradient: make it with { requiresGrad: true }',
    )
  })

  test('an input that has no part in the outputs', () => {
    const [x, unused] = [leaf(3), leaf([1, 2])]
    expect(() => grad([x.mul(2)], [x, unused])).toThrow(
      'grad: input 1 of [2] has no part in the outputs: leave it out, or pass ' +
        '{ materializeGrads: true } for zeros',
    )
  })

  test('an input that was detached on the way', () => {
    const x = leaf(3)
    const y = x.detach().mul(leaf(2))
    expect(() => grad([y], [x])).toThrow('grad: input 0 of [] has no part')
  })
})

describe('shapes that do not fit', () => {
  test('cannot be broadcast', () => {
    expect(() => zeros([2, 3]).add(zeros([4]))).toThrow(
      'add: cannot broadcast [2, 3] with [4]: axis -1 has 3 and 4; they must be equal, ' +
        'or one of them 1',
    )
    expect(() => where(tensor([true, false]), zeros([3]), 0)).toThrow(
      'where: cannot broadcast [2] with [3]',
    )
  })

  test('cannot be multiplied', () => {
    expect(() => zeros([32, 100]).matmul(zeros([784, 256]))).toThrow(
      'matmul: cannot multiply [32, 100] by [784, 256]: the inner sizes differ ' +
        '(100 vs 784)',
    )
  })

  test('cannot be joined', () => {
    expect(() => cat([zeros([2, 3]), zeros([2, 4])])).toThrow(
      'cat: cannot join [2, 3] and [2, 4] along axis 0: all other sizes must be equal',
    )
    expect(() => cat([zeros([2]), zeros([2, 4])])).toThrow(
      'cat: cannot join [2] and [2, 4]',
    )
    expect(() => cat([])).toThrow(
      'cat: needs a list of at least one, not an empty list',
    )
    expect(() => cat([zeros([2])], 1)).toThrow(
      'cat: there is no axis 1 in 1 dimensions',
    )
  })

  test('cannot be stacked', () => {
    expect(() => stack([zeros([2]), zeros([3])])).toThrow(
      'stack: cannot join [2] and [3]: all sizes must be equal',
    )
    expect(() => stack([])).toThrow(
      'stack: needs a list of at least one, not an empty list',
    )
  })

  test('cannot be repeated', () => {
    expect(() => zeros([2, 3]).repeat([2])).toThrow(
      'repeat: 1 numbers for 2 axes: give one for each',
    )
    expect(() => zeros([2]).repeat([-1])).toThrow(
      'repeat: [-1] must be whole numbers ≥ 0',
    )
  })

  test('cannot be scattered into', () => {
    const index = tensor([0, 1, 2], { dtype: 'int32' })
    expect(() => zeros([3]).scatterAdd(0, index, zeros([2]))).toThrow(
      'scatterAdd: a source of [2] is smaller than the index of [3]',
    )
    expect(() => zeros([3]).gather(0, tensor([1]))).toThrow(
      'gather: index must be int32, not float32',
    )
  })

  test('have no axis of that number', () => {
    expect(() => zeros([2, 3]).sum(2)).toThrow(
      'sum: there is no axis 2 in 2 dimensions: use -2 to 1',
    )
    expect(() => zeros([2, 3]).softmax(-3)).toThrow(
      'there is no axis -3 in 2 dimensions',
    )
    expect(() => zeros([2, 3]).prod(2)).toThrow(
      'prod: there is no axis 2 in 2 dimensions',
    )
    expect(() => zeros([2, 3]).norm(2, 5)).toThrow('there is no axis 5 in 2 dimensions')
  })
})

describe('pad refuses', () => {
  const message = (list: string, axes: number) =>
    `pad: [${list}] must be pairs of whole numbers, at most one pair for each of ${axes} ` +
    'axes, from the last axis on'

  test('what is no list of pairs', () => {
    expect(() => pad(zeros([2]), [1])).toThrow(message('1', 1))
    expect(() => pad(zeros([2]), [0.5, 1])).toThrow(message('0.5, 1', 1))
  })

  test('more pairs than axes', () => {
    expect(() => pad(zeros([2]), [1, 1, 1, 1])).toThrow(message('1, 1, 1, 1', 1))
  })

  test('to take away more than there is', () => {
    expect(() => pad(zeros([2]), [-2, -1])).toThrow(
      'narrow: -1 from 2 reach outside axis 0 of size 2',
    )
  })
})

describe('einsum refuses', () => {
  const [a, b] = [zeros([2, 3]), zeros([3, 4])]
  const cases: Record<string, [() => unknown, string]> = {
    'another number of operands': [
      () => einsum('ij,jk->ik', a),
      "einsum: 'ij,jk->ik' has 2 terms, but there are 1 operands",
    ],
    'letters that are not the axes': [
      () => einsum('ijk->k', a),
      "einsum: 'ijk' in 'ijk->k' does not name the 2 axes of [2, 3]",
    ],
    'sizes that differ, with one of 1 between them': [
      () => einsum('i,i,i->', tensor([1, 2, 3]), tensor([1]), tensor([1, 2, 3, 4])),
      "einsum: 'i' in 'i,i,i->' names axes of 3 and 4",
    ],
    'too many letters beside an ellipsis': [
      () => einsum('...ijk->k', a),
      "einsum: '...ijk' in '...ijk->k' does not name the 2 axes of [2, 3]",
    ],
    'what are no letters': [
      () => einsum('i1->i', a),
      "einsum: 'i1' in 'i1->i' is not letters and '...'",
    ],
    'two ellipses in a term': [
      () => einsum('...i...->i', a),
      "einsum: '...i...' in '...i...->i' is not letters and '...'",
    ],
    'a letter behind the arrow that no operand has': [
      () => einsum('ij,jk->iz', a, b),
      "einsum: 'z' behind the arrow of 'ij,jk->iz' names no axis of an operand",
    ],
    'a letter twice behind the arrow': [
      () => einsum('ij->ii', a),
      "einsum: 'i' behind the arrow of 'ij->ii' stands there twice",
    ],
    'two arrows': [
      () => einsum('ij->j->i', a),
      "einsum: 'ij->j->i' has 2 arrows: at most one stands between operands and result",
    ],
    'a letter for axes of different sizes': [
      () => einsum('ij,ij->ij', a, zeros([2, 4])),
      "einsum: 'j' in 'ij,ij->ij' names axes of 3 and 4",
    ],
    'a diagonal of what is not square': [
      () => einsum('ii->i', zeros([1, 3])),
      "einsum: 'i' in 'ii->i' names axes of 1 and 3",
    ],
  }
  for (const [what, [call, message]] of Object.entries(cases))
    test(what, () => expect(call).toThrow(message))
})

describe('operands on two devices', () => {
  const other: Device = { ...cpu, name: 'other' }
  const [here, there] = [leaf([1, 2]), tensor([1, 2], { device: other })]
  const message = (op: string) =>
    `${op}: one operand is on cpu, another on other: move one of them by .to(device)`

  test('are refused by each kind of operation, with both names', () => {
    expect(() => here.add(there)).toThrow(message('add'))
    expect(() => here.dot(there)).toThrow(message('matmul'))
    expect(() => cat([here, there])).toThrow(message('cat'))
    expect(() => here.where(here.gt(1), there)).toThrow(message('where'))
    expect(() => here.detach().add_(there)).toThrow(message('add_'))
    expect(() => here.detach().copy_(there)).toThrow(message('copy_'))
  })

  test('meet by to(device), which brings the gradient back', () => {
    const y = here.to(other).mul(there)
    expect(y.device).toBe(other)
    y.sum().backward()
    expect(here.grad?.device).toBe(cpu)
    expect(here.grad?.toArray()).toEqual([1, 2])
  })
})
