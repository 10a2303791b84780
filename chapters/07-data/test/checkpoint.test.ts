import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  data,
  getRngState,
  manualSeed,
  nn,
  optim,
  rand,
  Tensor,
  tensor,
  zeros,
} from '../src/index.ts'
import { train, training, weights } from './training.ts'

const { load, loadCheckpoint, readCheckpoint, safeOpen, serializeCheckpoint } = data

beforeEach(() => manualSeed(3))

describe('training that goes on from a checkpoint', () => {
  test('ends with the very weights of training that was never interrupted', async () => {
    const whole = training()
    const saved: Promise<Uint8Array>[] = []
    const steps = 23
    // Not waited for: what is saved is what was there when it was asked for.
    await train(whole, 0, steps, (step) => {
      saved.push(serializeCheckpoint({ ...whole, step }))
    })
    expect(saved.length).toBe(steps)
    for (const bytes of saved) {
      manualSeed(99)
      const again = training()
      const { step } = await loadCheckpoint(await bytes, { ...again, step: 0 })
      await train(again, step, steps)
      expect(weights(again), `from step ${step}`).toBe(weights(whole))
      expect(again.optimizer.paramGroups[0].lr).toBe(whole.optimizer.paramGroups[0].lr)
    }
  })

  test.each([
    ['SGD', (p: Tensor[]) => new optim.SGD(p, { lr: 0.1, momentum: 0.9 })],
    ['Adam', (p: Tensor[]) => new optim.Adam(p)],
    [
      'RMSprop',
      (p: Tensor[]) => new optim.RMSprop(p, { momentum: 0.9, centered: true }),
    ],
    ['Adagrad', (p: Tensor[]) => new optim.Adagrad(p)],
  ])('with %s, too', async (_, make) => {
    const whole = training({ make })
    let bytes: Promise<Uint8Array> | undefined
    await train(whole, 0, 9, (step) => {
      if (step === 4) bytes = serializeCheckpoint(whole)
    })
    const again = training({ make })
    await loadCheckpoint((await bytes) ?? new Uint8Array(), again)
    await train(again, 4, 9)
    expect(weights(again)).toBe(weights(whole))
  })
})

describe('what a checkpoint holds', () => {
  const names = fc.oneof(
    fc.string(),
    fc.constantFrom('__proto__', '$tensor', '$number', '$', 'a', 'b', 'a.b', '0'),
  )
  const numbers = fc.oneof(
    fc.double(),
    fc.constantFrom(-0, NaN, Infinity, -Infinity, Number.MAX_SAFE_INTEGER),
  )
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      numbers,
      fc.string(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.float({ noNaN: true }), { maxLength: 3 }).map((list) => tensor(list)),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(names, tie('any'), { maxKeys: 4 }),
    ),
  })).any

  /** Tensors as text, which is easy to compare. */
  const plain = (x: unknown): unknown => {
    if (x instanceof Tensor) return `${x}`
    if (Array.isArray(x)) return x.map(plain)
    if (typeof x !== 'object' || x === null) return x
    return Object.entries(x).map(([name, part]) => [name, plain(part)])
  }

  test('comes back, whatever it is', async () => {
    const parts = fc.dictionary(names, value, { maxKeys: 5 })
    await fc.assert(
      fc.asyncProperty(parts, async (given) => {
        const bytes = await Reflect.apply(serializeCheckpoint, undefined, [given])
        expect(plain(await readCheckpoint(bytes))).toEqual(plain(given))
      }),
      { numRuns: 300 },
    )
  })

  test('can be read as tensors by any reader', async () => {
    const model = new nn.Sequential(new nn.Linear(2, 1))
    const optimizer = new optim.Adam(model.parameters())
    model
      .forward(zeros([1, 2]))
      .sum()
      .backward()
    optimizer.step()
    const bytes = await serializeCheckpoint({ model, optimizer, epoch: 3 })
    expect(Object.keys(await load(bytes))).toEqual([
      'model.0.weight',
      'model.0.bias',
      'optimizer.state.0.exp_avg',
      'optimizer.state.0.exp_avg_sq',
      'optimizer.state.1.exp_avg',
      'optimizer.state.1.exp_avg_sq',
    ])
    expect((await safeOpen(bytes)).metadata().format).toBe('pt')
  })

  test('is tensors under names of their own, where paths look alike', async () => {
    const parts = { 'a.b': tensor(1), a: { b: tensor(2) }, 'a.b_': tensor(3) }
    const found = await readCheckpoint(await serializeCheckpoint(parts))
    expect(plain(found)).toEqual(plain(parts))
  })

  test('includes where the common generator stands, unless one says no', async () => {
    rand([5])
    const state = getRngState()
    const bytes = await serializeCheckpoint({})
    rand([5])
    const later = getRngState()
    await loadCheckpoint(bytes, {}, { rngState: false })
    expect(getRngState()).toEqual(later)
    await loadCheckpoint(bytes, {})
    expect(getRngState()).toEqual(state)
  })

  test.each([
    ['a function', { f: () => 1 }, "'f' is a function: it must be a tensor, a plain"],
    [
      'a Date',
      { a: [new Date()] },
      "'a.0' is a Date: it must be a tensor, a plain value",
    ],
    ['a typed array', { a: new Float32Array(2) }, "'a' is a Float32Array: it must be"],
    ['undefined in a list', { a: [undefined] }, "'a.0' is undefined: it must be"],
    ['what contains itself', endless(), "'a' is nested more than 100 deep"],
  ])('is never %s', async (_, parts, text) => {
    const run = async () => Reflect.apply(serializeCheckpoint, undefined, [parts])
    expect(await run().then(String, String)).toContain(
      `ValueError: serializeCheckpoint: ${text}`,
    )
  })
})

function endless() {
  const a: Record<string, unknown> = {}
  a.a = a
  return a
}

describe('a checkpoint that does not fit', () => {
  const fails = async (bytes: Uint8Array, wanted: object) => {
    const run = async () => Reflect.apply(loadCheckpoint, undefined, [bytes, wanted])
    return run().then(String, String)
  }

  test('changes nothing, even where one part fits and another does not', async () => {
    const { model, optimizer } = training()
    const bytes = await serializeCheckpoint({ model, optimizer })
    const other = training().model
    const before = weights({ model: other })
    const state = getRngState()
    const wanted = { model: other, optimizer: new optim.SGD(other.parameters()) }
    expect(await fails(bytes, wanted)).toMatch(/^ValueError: SGD: loadStateDict: /)
    expect(weights({ model: other })).toBe(before)
    expect(getRngState()).toEqual(state)
    await loadCheckpoint(bytes, { model: other })
    expect(weights({ model: other })).toBe(weights({ model }))
  })

  test('says what it has and what is wanted', async () => {
    const bytes = await serializeCheckpoint({ epoch: 'three', step: 4 })
    const begin = 'FileError: loadCheckpoint: these bytes: '
    expect(await fails(bytes, { model: new nn.Linear(1, 1) })).toBe(
      `${begin}it has no 'model': it has epoch, step`,
    )
    expect(await fails(bytes, { epoch: 0 })).toBe(
      `${begin}its 'epoch' is the string 'three', and the number 0 is wanted`,
    )
    expect(await fails(bytes, { toString: 0 })).toContain("it has no 'toString'")
  })

  test.each([
    ['{', 'its checkpoint is broken: '],
    ['null', 'its checkpoint is broken: it has no parts'],
    ['{"parts":[]}', 'its checkpoint is broken: it has no parts'],
    ['{"parts":{}}', 'its checkpoint is broken: setState: the state is undefined'],
    [
      '{"parts":{},"rngState":{"seed":1,"counter":-1}}',
      'its checkpoint is broken: setState: counter is -1',
    ],
    [
      '{"parts":{"a":{"$tensor":"b"}}}',
      'its checkpoint is broken: it names a tensor that is not there',
    ],
    [
      '{"parts":{"a":{"$tensor":{}}}}',
      'its checkpoint is broken: it names a tensor that is not there',
    ],
    [
      `{"parts":${'{"a":'.repeat(1e5)}1${'}'.repeat(1e5)}}`,
      'its checkpoint is broken: it is nested more than 100 deep',
    ],
  ])('because it is broken: %.40s', async (deepdive, text) => {
    const bytes = await data.serialize({ w: zeros([1]) }, { metadata: { deepdive } })
    expect(await fails(bytes, {})).toContain(
      `FileError: loadCheckpoint: these bytes: ${text}`,
    )
  })

  test('because it is none', async () => {
    expect(await fails(await data.serialize({ w: zeros([1]) }), {})).toBe(
      'FileError: loadCheckpoint: these bytes: it is no checkpoint: load reads its tensors',
    )
  })
})
