import { message } from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import {
  cat,
  noGrad,
  type Op,
  pad,
  type Step,
  type Tensor,
  tensor,
  traceOperations,
} from '../src/index.ts'

function stepsOf(fn: () => unknown): Step[] {
  const steps: Step[] = []
  traceOperations(fn, (step) => steps.push(step))
  return steps
}

const namesOf = (fn: () => unknown) => stepsOf(fn).map(({ op }) => op.name)

describe('traceOperations tells of each operation', () => {
  test('that runs, with what it was given and what it made', () => {
    const x = tensor([1, 2])
    const [step, ...others] = stepsOf(() => x.add(x))
    expect(others).toEqual([])
    expect(step.op.name).toBe('add')
    expect(step.inputs).toEqual([x, x])
    expect(step.output.toArray()).toEqual([2, 4])
  })

  test('whether a gradient needs it or not', () => {
    const x = tensor([1, 2], { requiresGrad: true })
    expect(namesOf(() => noGrad(() => x.exp().gt(2).logicalNot()))).toEqual([
      'exp',
      'gt',
      'logicalNot',
    ])
  })

  test('of a backward pass as well, and none before or after', () => {
    const x = tensor([1, 2], { requiresGrad: true })
    const y = x.mul(3).sum()
    expect(namesOf(() => y.backward())).toContain('mul')
    let heard = 0
    traceOperations(
      () => 0,
      () => heard++,
    )
    x.exp()
    expect(heard).toBe(0)
  })

  test('to the inner listener alone, and to the outer one again, after an error too', () => {
    const x = tensor(1)
    const inner: string[] = []
    const outer = namesOf(() => {
      const failing = () => {
        x.exp()
        throw new Error('no')
      }
      expect(() => traceOperations(failing, ({ op }) => inner.push(op.name))).toThrow(
        'no',
      )
      x.sin()
    })
    expect([inner, outer]).toEqual([['exp'], ['sin']])
  })

  test('and refuses a function that would go on unheard', () => {
    expect(
      message(() =>
        traceOperations(
          async () => {},
          () => {},
        ),
      ),
    ).toContain('ValueError: traceOperations: the function is asynchronous')
  })
})

test('operations say what they were told beside their inputs', () => {
  const x = tensor([[1, 2, 3]])
  const index = tensor([[0]], { dtype: 'int32' })
  const settings = (fn: () => Tensor): Op['settings'] => stepsOf(fn).at(-1)?.op.settings
  const said = {
    permute: settings(() => x.t()),
    slice: settings(() => x.slice(1, 0, 2)),
    select: settings(() => x.select(1, 2)),
    diagonal: settings(() => x.diagonal(1)),
    unfold: settings(() => x.unfold(1, 2, 1)),
    pad: settings(() => pad(x, [1, 0], { value: 5 })),
    cat: settings(() => cat([x, x], 1)),
    clamp: settings(() => x.clamp(null, 2)),
    tril: settings(() => x.tril(1)),
    triu: settings(() => x.triu()),
    sum: settings(() => x.sum(1)),
    amax: settings(() => x.amax([0, 1], { keepdim: true })),
    any: settings(() => x.any()),
    argmax: settings(() => x.argmax(1)),
    argsort: settings(() => x.argsort(1, true)),
    cumsum: settings(() => x.cumsum(1)),
    gather: settings(() => x.gather(1, index)),
    scatter: settings(() => x.scatter(1, index, 7)),
    scatterAdd: settings(() => x.scatterAdd(1, index, x)),
    softmax: settings(() => x.softmax(-1)),
    logSoftmax: settings(() => x.logSoftmax(1)),
    logSumExp: settings(() => x.logSumExp(1, { keepdim: true })),
    softplus: settings(() => x.softplus({ beta: 2 })),
    norm: settings(() => x.norm(3, 1)),
    nonzeros: settings(() => x.norm(0, 1)),
    exp: settings(() => x.exp()),
  }
  expect(said).toEqual({
    permute: { dims: [1, 0] },
    slice: { dim: 1, start: 0, end: 2, step: 1 },
    select: { dim: 1, index: 2 },
    diagonal: { offset: 1, dim1: 0, dim2: 1 },
    unfold: { dim: 1, size: 2, step: 1 },
    pad: { before: [0, 1], after: [0, 0], value: 5 },
    cat: { dim: 1 },
    clamp: { low: null, high: 2 },
    tril: { diagonal: 1 },
    triu: { diagonal: 0 },
    sum: { dims: 1, keepdim: false },
    amax: { dims: [0, 1], keepdim: true },
    any: { dims: undefined, keepdim: false },
    argmax: { dim: 1, keepdim: false },
    argsort: { dim: 1, descending: true },
    cumsum: { dim: 1 },
    gather: { dim: 1 },
    scatter: { dim: 1 },
    scatterAdd: { dim: 1 },
    softmax: { dim: 1 },
    logSoftmax: { dim: 1 },
    logSumExp: { dim: 1 },
    softplus: { beta: 2, threshold: 20 },
    norm: { p: 3, dims: 1, keepdim: false },
    nonzeros: { p: 0, dims: 1, keepdim: false },
    exp: undefined,
  })
})
