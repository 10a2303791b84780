import {
  defineOp,
  gradcheck,
  gradgradcheck,
  randn,
  type Tensor,
} from '@deepdive/autograd'
import { manualSeed } from '@deepdive/tensor'
import { expect, test } from 'vitest'
import { Linear, Module, Sequential } from '../src/index.ts'

class GatedLinear extends Module {
  readonly value = new Linear(4, 3)
  readonly gate = new Linear(4, 3)

  forward(x: Tensor): Tensor {
    return this.value.forward(x).mul(this.gate.forward(x).sigmoid())
  }
}

const squaredRelu = defineOp({
  name: 'squaredRelu',
  forward: (x) => x.relu().square(),
  gradient: (grad, { inputs: [x] }) => [grad.mul(x.relu()).mul(2)],
})

test('a layer of one’s own takes under 10 lines', () => {
  expect(String(GatedLinear).split('\n').length).toBeLessThan(10)
  const model = new Sequential(new GatedLinear(), new Linear(3, 1))
  expect(Object.keys(model.stateDict())).toEqual([
    '0.value.weight',
    '0.value.bias',
    '0.gate.weight',
    '0.gate.bias',
    '1.weight',
    '1.bias',
  ])
  expect(model.forward(randn([5, 4])).shape).toEqual([5, 1])
  expect(() => model.forward(randn([5, 7]))).toThrow(
    'the inner sizes differ (7 vs 4)\n  in 0.value (Linear 4 → 3)',
  )
})

test('a layer of one’s own learns', () => {
  manualSeed(4)
  const layer = new GatedLinear()
  const x = randn([50, 4])
  const wanted = x.narrow(1, 0, 3).mul(0.5)
  const step = () => {
    layer.zeroGrad()
    const loss = layer.forward(x).sub(wanted).square().mean()
    loss.backward()
    for (const weight of layer.parameters()) {
      if (weight.grad) weight.array.binary_('sub', weight.grad.array.mul(0.5))
    }
    return loss.item()
  }
  const losses = Array.from({ length: 60 }, step)
  expect(losses.at(-1)).toBeLessThan(0.1 * losses[0])
})

test('an operator of one’s own takes under 10 lines, and has the right gradient', () => {
  const x = randn([3, 4], { requiresGrad: true })
  expect(gradcheck(squaredRelu, [x])).toBe(true)
  expect(gradgradcheck((x) => squaredRelu(x.mul(x).add(1)), [x])).toBe(true)
  const layer = new Linear(4, 2)
  squaredRelu(layer.forward(x)).sum().backward()
  expect(layer.weight.grad?.shape).toEqual([2, 4])
})
