import { tensor } from '@deepdive/autograd'
import { ValueError } from '@deepdive/tensor'
import { describe, expect, test } from 'vitest'
import {
  EarlyStopping,
  type EarlyStoppingOptions,
  ReduceLROnPlateau,
  SGD,
} from '../src/index.ts'
import { parameter } from './problems.ts'

/** What each metric is answered with, up to the first "stop". */
function answers(options: EarlyStoppingOptions, metrics: readonly number[]): boolean[] {
  const stopping = new EarlyStopping(options)
  const stop = metrics.map((metric) => stopping.step(metric))
  return stop.includes(true) ? stop.slice(0, stop.indexOf(true) + 1) : stop
}

describe('early stopping', () => {
  test('stops after as many epochs without improvement as it has patience', () => {
    expect(answers({ patience: 2 }, [3, 2, 2.5, 2.1, 1])).toEqual([
      false,
      false,
      false,
      true,
    ])
  })

  test('counts afresh after each improvement', () => {
    expect(answers({ patience: 2 }, [3, 4, 2, 4, 1, 4])).not.toContain(true)
  })

  test('has a patience of ten epochs unless said', () => {
    expect(answers({}, new Array(20).fill(1)).length).toBe(11)
  })

  test('takes no improvement by minDelta or less for one', () => {
    const falling = [1, 0.9, 0.8, 0.7]
    expect(answers({ patience: 2, minDelta: 0.15 }, falling)).not.toContain(true)
    expect(answers({ patience: 1, minDelta: 0.15 }, falling)).toEqual([false, true])
  })

  test('looks for the greatest in mode max', () => {
    expect(answers({ patience: 1, mode: 'max' }, [0.5, 0.6, 0.55])).toEqual([
      false,
      false,
      true,
    ])
  })

  test('knows the best metric and its epoch', () => {
    const stopping = new EarlyStopping()
    expect(stopping).toMatchObject({ best: Infinity, bestEpoch: -1, improved: false })
    const improved = [0.5, 0.3, 0.4].map((loss) => {
      stopping.step(loss)
      return stopping.improved
    })
    expect(improved).toEqual([true, true, false])
    expect(stopping).toMatchObject({ best: 0.3, bestEpoch: 1 })
  })

  test('takes NaN for no improvement', () => {
    expect(answers({ patience: 2 }, [NaN, NaN, 1])).toEqual([false, true])
    expect(answers({ patience: 2 }, [0.5, NaN, NaN])).toEqual([false, false, true])
  })

  test('goes on from its state dict after a trip through JSON', () => {
    const metrics = [3, 2, 2.5, 2.1, 1, 4, 5]
    for (let seen = 0; seen <= metrics.length; seen++) {
      const [through, first] = [{ patience: 3 }, { patience: 3 }].map(
        (options) => new EarlyStopping(options),
      )
      for (const metric of metrics.slice(0, seen)) first.step(metric)
      const resumed = new EarlyStopping({ patience: 3 })
      resumed.loadStateDict(JSON.parse(JSON.stringify(first.stateDict())))
      expect(resumed).toEqual(first)
      const answered = metrics.map((metric) => through.step(metric))
      const after = metrics.slice(seen).map((metric) => resumed.step(metric))
      expect(after).toEqual(answered.slice(seen))
    }
  })

  test.each([
    [
      { best: 1, best_epoch: 0, epoch: -1 },
      'epoch is -1: it must be a whole number ≥ 0',
    ],
    [
      { best: 1, best_epoch: 3, epoch: 3 },
      'best_epoch is 3: it must be a whole number from -1 to 2',
    ],
    [{ best: 1, best_epoch: 0.5, epoch: 3 }, 'best_epoch is 0.5: it must be'],
    [{ best: '1', best_epoch: 0, epoch: 3 }, "best is the string '1', not a number"],
    [{ best_epoch: 0, epoch: 3 }, 'best is undefined, not a number'],
  ])('loads no %j', (saved, message) => {
    const stopping = new EarlyStopping()
    stopping.step(2)
    const before = stopping.stateDict()
    const load = () => Reflect.apply(stopping.loadStateDict, stopping, [saved])
    expect(load).toThrow(ValueError)
    expect(load).toThrow(`EarlyStopping: loadStateDict: ${message}`)
    expect(stopping.stateDict()).toEqual(before)
  })

  test.each([
    [tensor(0.5), 'a Tensor, not a number: pass loss.item()'],
    [undefined, 'undefined, not a number: pass loss.item()'],
    ['0.5', "the string '0.5', not a number: pass loss.item()"],
  ])('and ReduceLROnPlateau take no %s for a metric', (metric, message) => {
    const plateau = new ReduceLROnPlateau(new SGD([parameter(1)]))
    for (const taker of [new EarlyStopping(), plateau]) {
      const before = taker.stateDict()
      const step = () => Reflect.apply(taker.step, taker, [metric])
      expect(step).toThrow(ValueError)
      expect(step).toThrow(`${taker.constructor.name}: the metric is ${message}`)
      expect(taker.stateDict()).toEqual(before)
    }
  })

  test.each<[message: string, options: EarlyStoppingOptions]>([
    ['EarlyStopping: patience is 0: it must be a whole number ≥ 1', { patience: 0 }],
    ['EarlyStopping: patience is 1.5: it must be', { patience: 1.5 }],
    ['EarlyStopping: minDelta is -1: it must be', { minDelta: -1 }],
    [
      "EarlyStopping: mode is 'least': it must be 'min' or 'max'",
      JSON.parse('{ "mode": "least" }'),
    ],
  ])('%s', (message, options) => {
    expect(() => new EarlyStopping(options)).toThrow(ValueError)
    expect(() => new EarlyStopping(options)).toThrow(message)
  })
})
