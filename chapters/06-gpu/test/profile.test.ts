import { ones, randn, type Tensor, tensor } from '@deepdive/autograd'
import { Linear, Module, ReLU, Sequential } from '@deepdive/nn'
import { cpu } from '@deepdive/tensor'
import { describe, expect, test, vi } from 'vitest'
import { type ProfileReport, profile } from '../src/index.ts'

/** Calls of each operation, by layer and name. */
const callsOf = ({ operations }: ProfileReport) =>
  Object.fromEntries(
    operations.map(({ layer, operation, calls }) => [`${layer} ${operation}`, calls]),
  )

describe('a profile of the cpu', () => {
  test('counts operations by what they compute', async () => {
    const report = await profile(() => {
      const x = ones([4, 4]).add(1).add(2).mul(3)
      x.matmul(x).exp().sum()
      randn([2])
    })
    expect(report).toMatchObject({ device: 'cpu', clock: 'processor' })
    expect(callsOf(report)).toMatchObject({
      ' add': 2,
      ' mul': 1,
      ' matmul': 1,
      ' exp': 1,
      ' sum': 1,
      ' random': 1,
    })
  })

  test('adds up to a whole, the longest first, and to no more than all', async () => {
    const x = ones([200, 200])
    const { ms, operations } = await profile(() => x.matmul(x).add(1))
    const times = operations.map((each) => each.ms)
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    expect(operations.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
    expect(times.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(ms)
    expect(operations[0]).toMatchObject({ operation: 'matmul', calls: 1 })
  })

  test('waits for what is asynchronous', async () => {
    const report = await profile(async () => {
      await Promise.resolve()
      ones([2]).neg()
    })
    expect(callsOf(report)).toMatchObject({ ' neg': 1 })
  })

  test('does not count what a kernel calls twice', async () => {
    let now = 0
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now)
    const { matmul, copy } = cpu.kernels
    cpu.kernels.copy = () => {
      now += 20
    }
    cpu.kernels.matmul = (a, _, out) => {
      now += 3
      cpu.kernels.copy(a, out)
      cpu.kernels.copy(a, out)
      now += 4
    }
    const x = ones([2, 2])
    const { operations } = await profile(() => x.matmul(x).matmul(x))
    Object.assign(cpu.kernels, { matmul, copy })
    clock.mockRestore()
    expect(operations).toEqual([
      { operation: 'copy', layer: '', calls: 4, ms: 80, share: 80 / 94 },
      { operation: 'matmul', layer: '', calls: 2, ms: 14, share: 14 / 94 },
    ])
  })

  test('leaves the kernels as they were, after an error too', async () => {
    const before = { ...cpu.kernels }
    await profile(() => ones([2]).exp())
    expect(cpu.kernels).toEqual(before)
    const failing = profile(() => ones([2]).add(ones([3])))
    await expect(failing).rejects.toThrow('cannot broadcast')
    expect(cpu.kernels).toEqual(before)
    await expect(profile(() => ones([2]))).resolves.toBeDefined()
  })

  test('that cannot begin is in the way of no other', async () => {
    const untyped: unknown = {}
    const options = { model: untyped as Module }
    await expect(profile(() => ones([2]), options)).rejects.toThrow(TypeError)
    const noDevice = { device: untyped as typeof cpu }
    await expect(profile(() => ones([2]), noDevice)).rejects.toThrow(
      'profile: an object is no device: use cpu, or what await device(',
    )
    await expect(profile(() => ones([2]))).resolves.toBeDefined()
  })

  test('is refused while another one runs', async () => {
    const first = profile(() => ones([2]))
    await expect(profile(() => ones([2]))).rejects.toThrow(
      'profile: another profile is running: await it before this one',
    )
    await first
  })

  test('of nothing is empty', async () => {
    const report = await profile(() => {})
    expect(report.operations).toEqual([])
    expect(String(report)).toContain('cpu: 0.00 ms in 0 operations')
  })
})

describe('the layers of a model', () => {
  const model = new Sequential({
    fc1: new Linear(4, 4),
    block: new Sequential(new ReLU(), new Linear(4, 1)),
  })

  test('are told apart, as they compute forwards', async () => {
    const x = ones([2, 4])
    const report = await profile(() => model.forward(x).exp().sum().backward(), {
      model,
    })
    const calls = callsOf(report)
    expect(calls).toMatchObject({ 'block.0 relu': 1, ' exp': 1 })
    for (const layer of ['fc1', 'block.1']) {
      expect(Object.keys(calls).some((key) => key.startsWith(`${layer} `))).toBe(true)
    }
    expect(report.toString().split('\n')[1]).toMatch(/^layer +operation +calls/)
  })

  class Throws extends Module {
    forward(x: Tensor): Tensor {
      return x.add(ones([3]))
    }
  }

  test('lie not inside of one that threw', async () => {
    const model = new Sequential({ bad: new Throws(), good: new ReLU() })
    const report = await profile(
      () => {
        expect(() => model.forward(ones([2]))).toThrow()
        model.members()
        for (const layer of model.children()) {
          if (layer instanceof ReLU) layer.forward(ones([2]))
        }
        ones([2]).exp()
      },
      { model },
    )
    expect(callsOf(report)).toMatchObject({ 'good relu': 1, ' exp': 1 })
  })

  test('lie not inside of one that made do without another that threw', async () => {
    class MakesDo extends Module {
      readonly bad = new Throws()
      forward(x: Tensor): Tensor {
        expect(() => this.bad.forward(x)).toThrow()
        return x.neg()
      }
    }
    const model = new Sequential({ block: new MakesDo() })
    const report = await profile(() => model.forward(ones([2])).exp(), { model })
    expect(callsOf(report)).toMatchObject({ ' exp': 1 })
  })

  test('have no hooks afterwards', async () => {
    const model = new Sequential({ act: new ReLU() })
    const [layer] = model.children()
    const remove = vi.fn()
    vi.spyOn(layer, 'registerForwardHook').mockReturnValue(remove)
    vi.spyOn(layer, 'registerForwardPreHook').mockReturnValue(remove)
    await profile(() => {}, { model })
    expect(remove).toHaveBeenCalledTimes(2)
  })
})

test('a trace has an event for each run, in microseconds', async () => {
  const model = new Sequential({ act: new ReLU() })
  const report = await profile(() => model.forward(tensor([1, 2]).exp()), { model })
  const { traceEvents } = JSON.parse(report.trace())
  const [track, ...events] = traceEvents
  expect(track).toMatchObject({ ph: 'M', name: 'thread_name', args: { name: 'cpu' } })
  expect(events.map(({ name }: { name: string }) => name)).toEqual(['exp', 'relu'])
  expect(events[1]).toMatchObject({ ph: 'X', args: { layer: 'act' } })
  expect(events[1].ts).toBeGreaterThanOrEqual(events[0].ts + events[0].dur)
  const total = report.operations.reduce((sum, { ms }) => sum + ms, 0)
  expect((events[0].dur + events[1].dur) / 1000).toBeCloseTo(total)
})

test('a table has a line for each operation', async () => {
  const report = await profile(() => ones([2]).exp().exp())
  const [title, header, rule, ...lines] = String(report).split('\n')
  expect(title.replaceAll(/\d+\.\d\d/g, '…')).toBe(
    "cpu: … ms in 3 operations, of … ms in all (by the processor's clock)",
  )
  expect(header).toMatch(/^operation +calls +ms +share$/)
  expect(rule).toMatch(/^─+$/)
  expect(lines.map((line) => line.split(/ +/).slice(0, 2)).sort()).toEqual([
    ['exp', '2'],
    ['fill', '1'],
  ])
})
