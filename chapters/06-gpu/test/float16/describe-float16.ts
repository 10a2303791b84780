import { ones, Tensor, tensor, zeros } from '@deepdive/autograd'
import { BatchNorm2d, Conv2d, Dropout2d, MaxPool2d } from '@deepdive/conv'
import {
  Dropout,
  functional as F,
  Flatten,
  LayerNorm,
  Linear,
  LSTM,
  Parameter,
  ReLU,
  Sequential,
} from '@deepdive/nn'
import { clipGradNorm_, SGD } from '@deepdive/optim'
import {
  arange,
  array,
  cat,
  type Device,
  type DType,
  full,
  manualSeed,
  type NDArray,
} from '@deepdive/tensor'
import { describe, expect, test } from 'vitest'
import { fromFloat16, roundToFloat16 } from '../../src/webgpu/half.ts'

/** What operations make of float16, on a device that holds it. */
export function describeFloat16(device: Device): void {
  const on = { device }
  const half = { device, dtype: 'float16' } as const
  const numbers = async (x: { cpu(): Promise<NDArray | Tensor> }) =>
    Array.from((await x.cpu()).toTypedArray())

  describe(`float16 on ${device.name}`, () => {
    test('becomes float32 where it is read', async () => {
      const x = await array([1, -2.5], half).cpu()
      expect(`${x}`).toBe('array([ 1.0000, -2.5000])')
      expect(x.dtype).toBe('float32')
    })

    test('is the nearest to a float32, and of two equally near the even one', async () => {
      const values = neighbourhoods()
      const rounded = await numbers(array(values, on).to('float16'))
      const wrong = rounded.findIndex(
        (x, n) => !Object.is(x, roundToFloat16(values[n])),
      )
      expect(wrong).toBe(-1)
    })

    test('has no bits that are lost on the way to a float32', async () => {
      const all = fromFloat16(Uint16Array.from({ length: 65_536 }, (_, bits) => bits))
      const found = await numbers(array(all, on).to('float16').to('float32'))
      expect(found.findIndex((x, n) => !Object.is(x, all[n]))).toBe(-1)
    })

    test('rounds what it is filled with', async () => {
      const tenth = roundToFloat16(0.1)
      expect(tenth).not.toBe(Math.fround(0.1))
      expect(await numbers(full([2], 0.1, half))).toEqual([tenth, tenth])
      expect(await numbers(full([], 0.1, half))).toEqual([tenth])
      expect(await numbers(full([2], 0.1, half).mul(1))).toEqual([tenth, tenth])
      expect(await numbers(full([2], 0.1, half).to('float32'))).toEqual([tenth, tenth])
    })

    test('meets other dtypes as in PyTorch', () => {
      const x = array([1, 2], half)
      const beside = (dtype: DType) => x.add(array([1, 2], { device, dtype })).dtype
      expect(beside('float32')).toBe('float32')
      expect(beside('float16')).toBe('float16')
      expect(beside('int32')).toBe('float16')
      expect(beside('bool')).toBe('float16')
      expect(x.mul(2).dtype).toBe('float16')
      expect(x.mul(2.5).dtype).toBe('float16')
      expect(x.div(x).dtype).toBe('float16')
      expect(x.exp().dtype).toBe('float16')
      expect(x.sum().dtype).toBe('float16')
      expect(x.mean().dtype).toBe('float16')
      expect(x.gt(1).dtype).toBe('bool')
      expect(x.argmax().dtype).toBe('int32')
      expect(x.matmul(x).dtype).toBe('float16')
      expect(x.matmul(array([1, 2], on)).dtype).toBe('float32')
      expect(cat([x, arange(2, on)]).dtype).toBe('float16')
      expect(x.where(x.gt(1), -Infinity).dtype).toBe('float16')
    })

    test('stays one where a float32 is added to it in place', async () => {
      const x = array([1, 2], half).binary_('add', array([0.5, 2 ** -12], on))
      expect(x.dtype).toBe('float16')
      expect(await numbers(x)).toEqual([1.5, 2])
    })

    test('is beside a number that keeps its digits', async () => {
      const x = array([2 ** 15, 1], half)
      expect(await numbers(x.mul(2 ** -30))).toEqual([2 ** -15, 0])
      expect(await numbers(x.div(2 ** 20))).toEqual([2 ** -5, 2 ** -20])
    })

    test('is infinite beyond 65,504, but means and norms of it are not', async () => {
      const x = full([90_000], 2, half)
      expect(await numbers(x.sum())).toEqual([Infinity])
      expect(await numbers(x.mean())).toEqual([2])
      const y = array([300, 500], half)
      expect(await numbers(y.var())).toEqual([20_000])
      expect(await numbers(array([-600, 600], half).std(0, { correction: 0 }))).toEqual(
        [600],
      )
      const far = tensor([-600, 600], half)
      expect(await numbers(far.std(undefined, { correction: 0 }))).toEqual([600])
      expect(await numbers(tensor([300, 400], half).norm())).toEqual([500])
    })

    test('is rounded once where many are added up', async () => {
      const values = Float32Array.from({ length: 65_536 }, (_, n) =>
        (n >> 8) % 2 === 0 ? 1 : -1,
      )
      values[0] = 0.5
      expect(await numbers(array(values, half).sum())).toEqual([-0.5])
    })

    test('is rounded once where matrices are multiplied', async () => {
      for (const [n, k, m] of [
        [64, 64, 64],
        [33, 130, 17],
      ]) {
        const a = array(line(n * k), half).reshape([n, k])
        const b = array(line(k * m), half).reshape([k, m])
        for (const [x, y] of [
          [a, b],
          [b.t(), a.t()],
        ]) {
          const wide = x.to('float32').matmul(y.to('float32'))
          const found = [x.matmul(y), x.matmul(y.to('float32'))].map(
            (z) => new Tensor(z),
          )
          for (const z of found) await expectNear(z, new Tensor(wide), 2 ** -10)
        }
      }
    })

    test('sends back gradients of the dtypes that its operands have', async () => {
      const x = tensor([1, 2], { device, requiresGrad: true })
      const w = tensor([3, 4], { ...half, requiresGrad: true })
      x.to('float16').mul(w).sum().backward()
      expect(x.grad?.dtype).toBe('float32')
      expect(await numbers(x.grad ?? x)).toEqual([3, 4])
      expect(w.grad?.dtype).toBe('float16')
      w.grad = null
      x.mul(w).sum().backward()
      const second: Tensor = w.grad ?? w
      expect(second.dtype).toBe('float16')
      expect(await numbers(second)).toEqual([1, 2])
    })

    test('adds up many gradients for one place without losing small ones', async () => {
      const table = zeros([2, 1], { ...half, requiresGrad: true })
      const all = zeros([3000], { device, dtype: 'int32' })
      F.embedding(all, table).sum().backward()
      expect(await numbers(table.grad ?? table)).toEqual([3000, 0])
    })

    test('is what a model computes in, once it is turned to it', async () => {
      for (const [make, input] of models) {
        manualSeed(1)
        const wide = make().to(device)
        manualSeed(1)
        const narrow = make().to(device).to('float16')
        const x = new Tensor(array(input.toTypedArray(), input.shape, on))
        const [want, have] = [wide.forward(x), narrow.forward(x.to('float16'))]
        expect(have.dtype).toBe('float16')
        await expectNear(have, want, 0.02)
        want.square().mean().backward()
        have.square().mean().backward()
        const wanted = wide.parameters()
        for (const [n, { grad }] of narrow.parameters().entries()) {
          expect(grad?.dtype).toBe('float16')
          await expectNear(grad ?? have, wanted[n].grad ?? want, 0.05)
        }
      }
    })

    test('is what a recurrent model and dropout compute in', () => {
      const layer = new LSTM(3, 4).to(device).to('float16')
      expect(layer.forward(ones([5, 2, 3], half))[0].dtype).toBe('float16')
      expect(new Dropout(0.2).forward(ones([5], half)).dtype).toBe('float16')
      expect(new Dropout2d(0.2).forward(ones([5, 1, 1], half)).dtype).toBe('float16')
    })

    test('leaves whole numbers of a model alone, and comes back', async () => {
      const model = new Sequential(new BatchNorm2d(2)).to(device).to('float16')
      const dtypes = () => model.buffers().map(({ dtype }) => dtype)
      expect(dtypes()).toEqual(['float16', 'float16', 'int32'])
      model.to('float32')
      expect(dtypes()).toEqual(['float32', 'float32', 'int32'])
      await model.to('float16').cpu()
      expect(dtypes()).toEqual(['float32', 'float32', 'int32'])
    })

    test('is what a step of an optimizer changes', async () => {
      const model = new Linear(2, 1).to(device).to('float16')
      const before = await numbers(model.weight)
      F.mseLoss(model.forward(ones([4, 2], half)), ones([4, 1], half)).backward()
      clipGradNorm_(model.parameters(), 1)
      new SGD(model.parameters(), { lr: 0.5 }).step()
      expect(model.weight.dtype).toBe('float16')
      expect(await numbers(model.weight)).not.toEqual(before)
    })

    test('is what the state of an optimizer becomes again that was read', async () => {
      const parameter = new Parameter(ones([2], half))
      const optimizer = new SGD([parameter], { lr: 0.1, momentum: 0.9 })
      parameter.mul(2).sum().backward()
      optimizer.step()
      const saved = optimizer.stateDict()
      const { momentum_buffer: velocity } = saved.state[0]
      if (!(velocity instanceof Tensor)) throw new Error('there is no velocity')
      const state = { 0: { momentum_buffer: await velocity.cpu() } }
      optimizer.loadStateDict({ ...saved, state })
      const again = optimizer.stateDict().state[0].momentum_buffer
      if (!(again instanceof Tensor)) throw new Error('there is no velocity any more')
      expect([again.dtype, again.device]).toEqual(['float16', device])
    })

    test('is in between where parameters learn in float32', async () => {
      manualSeed(2)
      const model = new Linear(8, 3).to(device)
      const optimizer = new SGD(model.parameters(), { lr: 0.5 })
      const x = array(
        Float32Array.from({ length: 64 }, (_, n) => ((n * 7) % 11) / 11 - 0.5),
      )
      const inputs = new Tensor(x.reshape([8, 8]).to(device).to('float16'))
      const labels = new Tensor(arange(8).remainder(3).to(device))
      const losses: number[] = []
      for (let step = 0; step < 40; step++) {
        optimizer.zeroGrad()
        const { weight, bias } = model
        const scores = F.linear(
          inputs,
          weight.to('float16'),
          bias?.to('float16') ?? null,
        )
        const loss = F.crossEntropy(scores, labels)
        loss.backward()
        optimizer.step()
        losses.push(...(await numbers(loss)))
      }
      expect(model.weight.grad?.dtype).toBe('float32')
      expect(losses.at(-1)).toBeLessThan(0.9 * losses[0])
    })
  })

  async function expectNear(have: Tensor, want: Tensor, apart: number): Promise<void> {
    expect(have.shape).toEqual(want.shape)
    const [found, wanted] = [await numbers(have), await numbers(want)]
    const size = Math.max(...wanted.map(Math.abs))
    const most = Math.max(...found.map((x, n) => Math.abs(x - wanted[n])))
    expect(most).toBeLessThan(apart * size + 1e-3)
  }
}

const line = (length: number) => Float32Array.from({ length }, (_, n) => Math.sin(n))

/** Models of all kinds of layers, and what they see. */
const models: readonly (readonly [make: () => Sequential, input: NDArray])[] = [
  [
    () =>
      new Sequential(new Linear(6, 8), new LayerNorm(8), new ReLU(), new Linear(8, 2)),
    array(line(24), [4, 6]),
  ],
  [
    () =>
      new Sequential(
        new Conv2d(1, 3, 3, { padding: 1 }),
        new BatchNorm2d(3),
        new MaxPool2d(2),
        new Flatten(),
      ),
    array(line(72), [2, 1, 6, 6]),
  ],
]

/** All float16 above 0, what lies half-way to the next, and the float32 beside that. */
function neighbourhoods(): Float32Array {
  const bits = Uint16Array.from({ length: 0x7c00 }, (_, n) => n)
  const halves = [...fromFloat16(bits), 65_536]
  const words = new Uint32Array(1)
  const number = new Float32Array(words.buffer)
  const values = halves.slice(1).flatMap((next, n) => {
    number[0] = (halves[n] + next) / 2
    words[0] -= 1
    const below = number[0]
    words[0] += 2
    const above = number[0]
    return [halves[n], below, (halves[n] + next) / 2, above]
  })
  return Float32Array.from([...values, 1e30, Infinity, NaN].flatMap((x) => [x, -x]))
}
