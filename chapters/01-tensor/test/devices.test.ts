import { afterEach, describe, expect, test } from 'vitest'
import {
  arange,
  array,
  cat,
  cpu,
  type Device,
  getDefaultDevice,
  NDArray,
  rand,
  Storage,
  setDefaultDevice,
  type TypedArray,
  type View,
  zeros,
} from '../src/index.ts'

/** Memory that only its device can look into, as on a GPU. */
class Distant {
  readonly values: TypedArray
  constructor(values: TypedArray) {
    this.values = values
  }
}

function valuesOf({ memory }: Storage): TypedArray {
  if (memory instanceof Distant) return memory.values
  throw new Error('this memory is not of this device')
}

/** A view of `far`, as the kernels of `cpu` can read and write it. */
function nearby({ storage, dtype, shape, strides, offset }: View): View {
  const near = new Storage(cpu, storage.dtype, storage.length, valuesOf(storage))
  return { storage: near, dtype, shape, strides, offset }
}

/** A device which copies as `cpu` does, but must be waited for when it is read. */
const far: Device = {
  name: 'far',
  kernels: {
    ...cpu.kernels,
    copy: (x, out) => cpu.kernels.copy(nearby(x), nearby(out)),
  },
  allocate: (dtype, length) =>
    new Distant(zeros([length], { dtype, device: cpu }).toTypedArray()),
  upload: (values) => new Distant(values.slice()),
  read: async (storage) => valuesOf(storage).slice(),
  free: () => {},
}

describe('operands on two devices are refused with the names of both:', () => {
  const near = zeros([2])
  const away = array([1, 2], { device: far })
  const index = array([0, 1], { dtype: 'int32' })
  const both = 'one operand is on cpu, another on far: move one of them by .to(device)'
  const cases: [string, () => unknown][] = [
    ['add', () => near.add(away)],
    ['where', () => near.where(array([true, false]), away)],
    ['matmul', () => near.matmul(away)],
    ['copy_', () => near.copy_(away)],
    ['mul_', () => near.binary_('mul', away)],
    ['cat', () => cat([near, away])],
    ['gather', () => near.gather(0, array([0], { dtype: 'int32', device: far }))],
    ['at', () => near.at(array([0], { dtype: 'int32', device: far }))],
    ['scatter', () => near.scatter(0, index, away)],
    ['scatterAdd', () => near.scatterAdd(0, index, away)],
  ]
  for (const [op, run] of cases) {
    test(op, () => expect(run).toThrow(`${op}: ${both}`))
  }

  test('which may be the same name', () => {
    const next = array([1, 2], { device: { ...far } })
    expect(() => away.add(next)).toThrow(
      'one operand is on far, another on a different far device: move one of them by',
    )
  })

  test('in the order in which they stand', () => {
    expect(() => away.add(near)).toThrow('one operand is on far, another on cpu')
  })
})

describe('what is on a device that must be waited for', () => {
  const x = array(
    [
      [1, 2],
      [3, 4],
    ],
    { device: far },
  )
  const message =
    'the elements are on far, which is read without blocking: use (await x.cpu()) first'

  test('cannot be read at once, and the error says how it can', () => {
    expect(() => x.toArray()).toThrow(message)
    expect(() => x.toTypedArray()).toThrow(message)
    expect(() => x.select(0, 0).select(0, 0).item()).toThrow(message)
    expect(() => String(x)).toThrow(message)
    expect(() => x.nonzero()).toThrow(
      'nonzero: how many elements a mask picks is known only after reading it',
    )
  })

  test('is read after waiting', async () => {
    const y = await x.cpu()
    expect(y.device).toBe(cpu)
    expect(y.toArray()).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect((await x.slice(0, 1).cpu()).toArray()).toEqual([[3, 4]])
  })

  test('of a part, without the rest, and frees what that takes', async () => {
    const sizes: number[] = []
    const freed: Storage[] = []
    const device: Device = {
      ...far,
      read: (storage) => {
        sizes.push(storage.length)
        return far.read(storage)
      },
      free: (storage) => freed.push(storage),
    }
    const x = array(
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      { device },
    )
    expect((await x.cpu()).toArray()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ])
    expect(freed).toEqual([])
    expect((await x.select(0, 1).cpu()).toArray()).toEqual([4, 5, 6])
    expect((await x.select(1, 0).cpu()).toArray()).toEqual([1, 4])
    expect(sizes).toEqual([6, 3, 2])
    expect(freed).toHaveLength(2)
    expect(freed).not.toContain(x.storage)
  })

  test('is left in peace by waiting where there is nothing to wait for', async () => {
    const y = zeros([2])
    expect(await y.cpu()).toBe(y)
  })
})

describe('moving', () => {
  test('uploads at once, and keeps dtype and shape', async () => {
    const x = arange(6).reshape([2, 3]).t()
    const moved = x.to(far)
    expect(moved.device).toBe(far)
    expect(moved.dtype).toBe('int32')
    expect(moved.storage.memory).toBeInstanceOf(Distant)
    expect((await moved.cpu()).toArray()).toEqual(x.toArray())
    expect(moved.to(far)).toBe(moved)
  })
})

describe('the default device', () => {
  afterEach(() => setDefaultDevice(cpu))

  test('is cpu', () => expect(getDefaultDevice()).toBe(cpu))

  test('is where new arrays are made', () => {
    setDefaultDevice(far)
    expect(array([1]).device).toBe(far)
    expect(zeros([1]).device).toBe(far)
    expect(array([1], { device: cpu }).device).toBe(cpu)
    setDefaultDevice(cpu)
    expect(rand([2]).device).toBe(cpu)
  })
})

test('a result is made where its operands are', () => {
  const elsewhere: Device = { ...cpu, name: 'elsewhere' }
  const x = NDArray.from(new Float32Array([3, 1, 2]), [3], elsewhere)
  for (const y of [
    x.add(1),
    x.neg(),
    x.sum(),
    x.argmax(),
    x.sort().values,
    x.cumsum(0),
    x.clone(),
    x.matmul(x),
    x.gt(1).where(x.gt(2), x.lt(0)),
    x.outer(x).tril(),
    x.to('int32'),
  ]) {
    expect(y.device).toBe(elsewhere)
  }
})
