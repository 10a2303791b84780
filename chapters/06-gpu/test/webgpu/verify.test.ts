import { detectAnomaly, gradcheck, type Tensor, tensor } from '@deepdive/autograd'
import { functional as F } from '@deepdive/nn'
import { clipGradNorm } from '@deepdive/optim'
import { array, multinomial, ValueError, verify, zeros } from '@deepdive/tensor'
import { describe, expect, test } from 'vitest'
import { gpu } from './gpu.ts'

const there = { device: gpu }
const int = (values: number[]) => tensor(values, { dtype: 'int32', ...there })

/** What the next reading after `run` says. */
async function heard(run: () => unknown): Promise<string> {
  run()
  return zeros([1], there).add(1).cpu().then(String, String)
}

describe('on a device that is read without blocking', () => {
  test('the first that does not hold is heard of when something is read', async () => {
    const claims = [true, false, true, false].map((holds, n) => () => {
      verify(array([holds], there), () => new ValueError(`claim ${n}`))
    })
    expect(await heard(() => claims.forEach((claim) => void claim()))).toBe(
      'ValueError: claim 1',
    )
    expect(await heard(claims[2])).toBe('array([1.])')
    expect(await heard(claims[3])).toBe('ValueError: claim 3')
  })

  test('a claim made while a reading waits is heard of by the next', async () => {
    const reading = heard(() => {})
    verify(array(false, there), () => new ValueError('late'))
    expect(await reading).toBe('array([1.])')
    expect(await heard(() => {})).toBe('ValueError: late')
  })

  test('what nobody reads for long is forgotten, but not that it failed', async () => {
    const good = array(true, there)
    const fine = () => new ValueError('fine')
    verify(array(false, there), () => new ValueError('forgotten'))
    for (let n = 0; n < 10_000; n++) verify(good, fine)
    expect(await heard(() => {})).toBe(
      'ValueError: verify: something did not hold, more than 10000 checks ago, so that ' +
        'it is not known what: read more often, as by await loss.cpu()',
    )
  })

  const scores = tensor(
    [
      [1, 2],
      [3, 4],
    ],
    there,
  )
  const nan = tensor([1], { requiresGrad: true, ...there })
  nan.grad = tensor([Number.NaN], there)
  test.each<[string, () => Tensor | unknown, string]>([
    [
      'weights that are no probabilities',
      () => multinomial(array([1, -1], there), 1),
      'multinomial: a weight is negative, infinite or NaN',
    ],
    [
      'too few weights',
      () => multinomial(array([1, 0], there), 2),
      'multinomial: cannot draw 2 from fewer weights above 0: replacement draws',
    ],
    [
      'targets that are no probabilities',
      () => F.binaryCrossEntropy(tensor([0.5], there), tensor([2], there)),
      'binaryCrossEntropy: target of one element is outside 0…1',
    ],
    [
      'labels that are neither alike nor different',
      () => F.cosineEmbeddingLoss(scores, scores, tensor([1, 0], there)),
      'cosineEmbeddingLoss: label of one element is neither 1 (alike) nor -1',
    ],
    [
      'labels of no class',
      () => F.crossEntropy(scores, int([1, 2])),
      'crossEntropy: label 2 is outside 0…1: the input has 2 classes',
    ],
    [
      'labels that are all ignored',
      () => F.crossEntropy(scores, int([-100, -100])),
      'crossEntropy: there are no losses to average',
    ],
    [
      'rows that an embedding has not',
      () => F.embedding(int([0, 2]), scores),
      'gather: index 2 is outside an axis of size 2: use 0 to 1',
    ],
    [
      'indices of no place, though the next row has one there',
      () => scores.at(int([0, 0]), int([0, 2])),
      'IndexError: at: an index is outside axis 1 of size 2: use -2 to 1',
    ],
    [
      'indices that count too far from the end',
      () => scores.at(int([-3])),
      'IndexError: at: an index is outside axis 0 of size 2: use -2 to 1',
    ],
    [
      'anomalies, with the operation that made them',
      () => detectAnomaly(() => tensor([1, 0], there).log().exp().mul(2)),
      'AnomalyError: log: made NaN or Infinity from inputs of [2] that have none, ',
    ],
    [
      'gradients that are not finite',
      () => clipGradNorm([nan], 1, { errorIfNonfinite: true }),
      "clipGradNorm_: the gradients' norm of order 2 is infinite or NaN: look for",
    ],
  ])('%s are heard of', async (_, run, message) => {
    expect(await heard(run)).toContain(message)
    expect(await heard(() => {})).toBe('array([1.])')
  })

  test('finite differences are refused', () => {
    const x = tensor([1], { requiresGrad: true, ...there })
    expect(() => gradcheck((y) => y.exp(), [x])).toThrow(
      'gradcheck: an input is on webgpu, which is read without blocking: finite ' +
        'differences need inputs on the cpu',
    )
  })
})
