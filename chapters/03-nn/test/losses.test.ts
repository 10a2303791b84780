import { rand, randn, type Tensor, tensor, zeros } from '@deepdive/autograd'
import { cpu, type Device } from '@deepdive/tensor'
import { describe, expect, test } from 'vitest'
import { CrossEntropyLoss, functional as F, KLDivLoss, MSELoss } from '../src/index.ts'

const labels = (values: number[]) => tensor(values, { dtype: 'int32' })

describe('a loss refuses what does not fit, and says what would', () => {
  const pair = [zeros([4, 1]), zeros([4])] as const
  const refusals: [name: string, run: () => Tensor, message: string][] = [
    [
      'a target whose shape would silently be stretched',
      () => F.mseLoss(...pair),
      'mseLoss: the input is [4, 1], but the target [4]; a loss stretches neither: use target.reshape([4, 1])',
    ],
    [
      'a target of another size',
      () => F.l1Loss(zeros([4]), zeros([1])),
      'l1Loss: the input is [4], but the target [1]; a loss stretches neither: give one target for each prediction',
    ],
    [
      'the same in smoothL1Loss',
      () => F.smoothL1Loss(...pair),
      'smoothL1Loss: the input is [4, 1]',
    ],
    [
      'the same in huberLoss',
      () => F.huberLoss(...pair),
      'huberLoss: the input is [4, 1]',
    ],
    [
      'the same in binaryCrossEntropy',
      () => F.binaryCrossEntropy(...pair),
      'binaryCrossEntropy: the input is [4, 1]',
    ],
    [
      'the same in binaryCrossEntropyWithLogits',
      () => F.binaryCrossEntropyWithLogits(...pair),
      'binaryCrossEntropyWithLogits: the input is [4, 1]',
    ],
    ['the same in klDiv', () => F.klDiv(...pair), 'klDiv: the input is [4, 1]'],
    [
      'a negative beta',
      () => F.smoothL1Loss(zeros([1]), zeros([1]), { beta: -1 }),
      'smoothL1Loss: beta is -1: it must be a number of at least 0',
    ],
    [
      'a delta of 0',
      () => F.huberLoss(zeros([1]), zeros([1]), { delta: 0 }),
      'huberLoss: delta is 0: it must be a number above 0',
    ],
    [
      'a label that is no class',
      () => F.crossEntropy(zeros([4, 10]), labels([0, 9, 3, 12])),
      'crossEntropy: label 12 at place 3 is outside 0…9: the input has 10 classes along axis 1',
    ],
    [
      'a label below 0',
      () => F.nllLoss(zeros([2, 3]), labels([0, -1])),
      'nllLoss: label -1 at place 1 is outside 0…2',
    ],
    [
      'a label at some position that is no class',
      () =>
        F.crossEntropy(
          zeros([2, 3, 2]),
          tensor(
            [
              [0, 1],
              [3, 2],
            ],
            { dtype: 'int32' },
          ),
        ),
      'crossEntropy: label 3 at place [1, 0] is outside 0…2',
    ],
    [
      'the one label of one sample',
      () => F.crossEntropy(zeros([3]), tensor(3, { dtype: 'int32' })),
      'crossEntropy: label 3 is outside 0…2: the input has 3 classes along axis 0',
    ],
    [
      'the default ignoreIndex where another one is given',
      () => F.crossEntropy(zeros([1, 3]), labels([-100]), { ignoreIndex: -1 }),
      'crossEntropy: label -100 at place 0 is outside 0…2',
    ],
    [
      'labels that are no whole numbers',
      () => F.crossEntropy(zeros([2, 3]), tensor([0, 1])),
      "crossEntropy: the target is float32 [2]: labels must be int32 [2]: use target.to('int32'); probabilities must be float32 [2, 3]",
    ],
    [
      'probabilities where only labels are known',
      () => F.nllLoss(zeros([2, 3]), zeros([2, 3])),
      "nllLoss: the target is float32 [2, 3]: labels must be int32 [2]: use target.to('int32')",
    ],
    [
      'labels as a column',
      () => F.crossEntropy(zeros([2, 3]), tensor([[0], [1]], { dtype: 'int32' })),
      'crossEntropy: labels of [2, 1] do not fit an input of [2, 3]: give one for each sample, [2]; probabilities must be float32 [2, 3]',
    ],
    [
      'too few labels',
      () => F.nllLoss(zeros([2, 3]), labels([0])),
      'nllLoss: labels of [1] do not fit an input of [2, 3]: give one for each sample, [2]',
    ],
    [
      'an input without classes',
      () => F.crossEntropy(tensor(1), tensor(0, { dtype: 'int32' })),
      'crossEntropy: the input is a single number: it must be [classes] or [batch, classes, …]',
    ],
    [
      'a weight for other classes',
      () => F.crossEntropy(zeros([2, 3]), labels([0, 1]), { weight: zeros([2]) }),
      'crossEntropy: weight is [2], but must be [3]: one number for each of the 3 classes',
    ],
    [
      'more smoothing than there is',
      () => F.crossEntropy(zeros([2, 3]), labels([0, 1]), { labelSmoothing: 1.5 }),
      'crossEntropy: labelSmoothing is 1.5: it must be in [0, 1]',
    ],
    [
      'a label to ignore where there are no labels',
      () => F.crossEntropy(zeros([2, 3]), zeros([2, 3]), { ignoreIndex: 1 }),
      'crossEntropy: ignoreIndex is 1, but the target holds probabilities, not labels: leave it out',
    ],
    [
      'a mean over ignored labels only',
      () => F.crossEntropy(zeros([2, 3]), labels([-100, -100])),
      'crossEntropy: there are no losses to average: the batch is empty, or all its labels are ignored or of weight 0',
    ],
    [
      'a mean over classes of weight 0 only',
      () => F.nllLoss(zeros([1, 2]), labels([0]), { weight: tensor([0, 1]) }),
      'nllLoss: there are no losses to average',
    ],
    [
      'a mean over an empty batch',
      () => F.mseLoss(zeros([0, 2]), zeros([0, 2])),
      'mseLoss: there are no losses to average',
    ],
    [
      'what is no probability',
      () => F.binaryCrossEntropy(tensor([[0.5, 1.2]]), zeros([1, 2])),
      'binaryCrossEntropy: input 1.2 at place [0, 1] is outside 0…1: apply sigmoid, or use binaryCrossEntropyWithLogits',
    ],
    [
      'NaN for a probability',
      () => F.binaryCrossEntropy(tensor([NaN]), zeros([1])),
      'binaryCrossEntropy: input NaN at place 0 is outside 0…1',
    ],
    [
      'a target that is no probability',
      () => F.binaryCrossEntropyWithLogits(zeros([2]), tensor([1, 2])),
      'binaryCrossEntropyWithLogits: target 2 at place 1 is outside 0…1: a target is a probability',
    ],
    [
      'a weight that does not stretch',
      () => F.binaryCrossEntropy(rand([2, 3]), zeros([2, 3]), { weight: zeros([2]) }),
      "binaryCrossEntropy: weight is [2], which does not stretch to the input's [2, 3]",
    ],
    [
      'a weight that would stretch the losses',
      () =>
        F.binaryCrossEntropyWithLogits(zeros([3]), zeros([3]), {
          posWeight: zeros([2, 3]),
        }),
      "binaryCrossEntropyWithLogits: posWeight is [2, 3], which does not stretch to the input's [3]",
    ],
    [
      'logarithms for a target of probabilities',
      () => F.klDiv(zeros([2]), tensor([-0.5, -1])),
      'klDiv: target -0.5 at place 0 is outside 0…1: use { logTarget: true } for logarithms',
    ],
    [
      'labels of pairs that are 0 and 1',
      () => F.cosineEmbeddingLoss(zeros([2, 3]), zeros([2, 3]), tensor([1, 0])),
      'cosineEmbeddingLoss: label 0 at place 1 is neither 1 (alike) nor -1 (different)',
    ],
    [
      'pairs and labels that do not fit',
      () => F.cosineEmbeddingLoss(zeros([2, 3]), zeros([2, 3]), tensor([1])),
      'cosineEmbeddingLoss: inputs of [2, 3] and [2, 3] with labels of [1] do not fit: give [N, D] twice and [N], or [D] twice and []',
    ],
    [
      'a pair of two sizes',
      () => F.cosineEmbeddingLoss(zeros([3]), zeros([2]), tensor(1)),
      'cosineEmbeddingLoss: inputs of [3] and [2] with labels of [] do not fit',
    ],
  ]
  for (const [name, run, message] of refusals)
    test(name, () => expect(run).toThrow(message))

  test('a reduction that it does not know, in a layer before it is used', () => {
    const avg: { reduction: 'mean' } = JSON.parse('{ "reduction": "avg" }')
    const batch: { reduction: 'mean' } = JSON.parse('{ "reduction": "batchmean" }')
    const x = zeros([2])
    expect(() => F.mseLoss(x, x, avg)).toThrow(
      "mseLoss: reduction 'avg' is unknown: use one of 'mean', 'sum', 'none'",
    )
    expect(() => F.l1Loss(x, x, batch)).toThrow(
      "l1Loss: reduction 'batchmean' is unknown",
    )
    expect(() => F.klDiv(x, x, avg)).toThrow(
      "klDiv: reduction 'avg' is unknown: use one of 'mean', 'sum', 'none', 'batchmean'",
    )
    expect(() => new MSELoss(avg)).toThrow("MSELoss: reduction 'avg' is unknown")
    expect(() => new KLDivLoss(avg)).toThrow("KLDivLoss: reduction 'avg' is unknown")
  })
})

describe('cross entropy', () => {
  test('takes four operations in a training step, or three where one is fused', () => {
    const logits = randn([8, 10], { requiresGrad: true })
    const names: string[] = []
    const target = labels([0, 1, 2, 3, 4, 5, 6, 7])
    for (let at: Tensor | undefined = F.crossEntropy(logits, target); at?.node; ) {
      names.unshift(at.node.op.name)
      at = at.node.inputs[0]
    }
    const fused = cpu.kernels.crossEntropy !== undefined
    const surprise = fused ? ['crossEntropy'] : ['logSoftmax', 'gather']
    expect(names).toEqual([...surprise, 'sum', 'div'])
  })

  test('of logits from -1000 to 1000 is finite, and so is its gradient', () => {
    const logits = tensor(
      [
        [1000, -1000, 0],
        [-1000, 1000, 1000],
      ],
      { requiresGrad: true },
    )
    const loss = F.crossEntropy(logits, labels([1, 0]))
    loss.backward()
    expect(loss.item()).toBeCloseTo(2000.3466, 3)
    expect(logits.grad?.toArray()).toEqual([
      [0.5, -0.5, 0],
      [-0.5, 0.25, 0.25],
    ])
  })

  test('is unmoved by what an ignored row holds, infinities too', () => {
    const logits = tensor(
      [
        [1, 2],
        [-Infinity, 0],
      ],
      { requiresGrad: true },
    )
    const loss = F.crossEntropy(logits, labels([1, -100]), { labelSmoothing: 0.1 })
    const alone = F.crossEntropy(tensor([[1, 2]]), labels([1]), { labelSmoothing: 0.1 })
    expect(loss.item()).toBe(alone.item())
  })

  test('gives no number away: one sample is a batch of one', () => {
    const x = randn([5])
    const one = F.crossEntropy(x, tensor(3, { dtype: 'int32' }))
    expect(one.shape).toEqual([])
    expect(one.item()).toBe(F.crossEntropy(x.unsqueeze(0), labels([3])).item())
  })

  test('of labels is that of probabilities which are all on the label', () => {
    const x = randn([3, 4])
    const certain = zeros([3, 4]).scatter(1, labels([2, 0, 3]).unsqueeze(1), 1)
    for (const labelSmoothing of [0, 0.3]) {
      const a = F.crossEntropy(x, labels([2, 0, 3]), { labelSmoothing })
      const b = F.crossEntropy(x, certain, { labelSmoothing })
      expect(a.item()).toBeCloseTo(b.item(), 5)
    }
  })

  test('is the same on a device whose labels cannot be looked at', () => {
    const other: Device = { ...cpu, name: 'other' }
    const [x, target] = [randn([3, 4]), labels([1, -100, 3])]
    const weight = tensor([1, 2, 3, 4])
    for (const options of [{}, { weight }, { labelSmoothing: 0.1, ignoreIndex: 3 }]) {
      const y = 'ignoreIndex' in options ? labels([1, 0, 3]) : target
      const here = F.crossEntropy(x, y, options)
      const there = new CrossEntropyLoss(options).to(other)
      const found = there.forward(x.to(other), y.to(other))
      expect(found.device.name).toBe('other')
      expect(found.item()).toBe(here.item())
    }
    expect(() => F.crossEntropy(x, labels([1, 0, 3]).to(other))).toThrow('other')
  })

  test('as a layer keeps its weight where the model moves and saves it', () => {
    const loss = new CrossEntropyLoss({ weight: tensor([1, 2]) })
    expect(Object.keys(loss.stateDict())).toEqual(['weight'])
    expect(loss.parameters()).toEqual([])
  })
})

test('two vectors of zeros are neither alike nor a division by zero', () => {
  const a = zeros([1, 3], { requiresGrad: true })
  const loss = F.cosineEmbeddingLoss(a, zeros([1, 3]), tensor([1]))
  loss.backward()
  expect(loss.item()).toBe(1)
  expect(a.grad?.toArray()).toEqual([[0, 0, 0]])
})
