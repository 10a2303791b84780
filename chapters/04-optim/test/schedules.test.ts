import { ValueError } from '@deepdive/tensor'
import { describe, expect, test } from 'vitest'
import {
  Adagrad,
  Adam,
  CosineAnnealingLR,
  ExponentialLR,
  LambdaLR,
  LinearLR,
  type LRScheduler,
  MultiStepLR,
  OneCycleLR,
  type Optimizer,
  ReduceLROnPlateau,
  SequentialLR,
  SGD,
  StepLR,
} from '../src/index.ts'
import { parameter } from './problems.ts'

/** An optimizer of two groups, with rates of 1 and 0.5. */
function twoGroups(): SGD {
  const groups = [{ params: [parameter(1)] }, { params: [parameter(2)], lr: 0.5 }]
  return new SGD(groups, { lr: 1, momentum: 0.9 })
}

const schedules: Readonly<Record<string, (optimizer: Optimizer) => LRScheduler>> = {
  StepLR: (optimizer) => new StepLR(optimizer, 2),
  MultiStepLR: (optimizer) => new MultiStepLR(optimizer, [2, 4]),
  ExponentialLR: (optimizer) => new ExponentialLR(optimizer, 0.9),
  CosineAnnealingLR: (optimizer) => new CosineAnnealingLR(optimizer, 10),
  LambdaLR: (optimizer) => new LambdaLR(optimizer, (epoch) => 1 / (1 + epoch)),
  LinearLR: (optimizer) => new LinearLR(optimizer),
  OneCycleLR: (optimizer) => new OneCycleLR(optimizer, [1, 0.5], { totalSteps: 10 }),
  SequentialLR: (optimizer) => {
    const parts = [new LinearLR(optimizer), new ExponentialLR(optimizer, 0.9)]
    return new SequentialLR(optimizer, parts, [3])
  },
}

describe('each schedule', () => {
  const all = Object.entries(schedules)

  test.each(all)('%s drives all groups in proportion', (_, make) => {
    const optimizer = twoGroups()
    const schedule = make(optimizer)
    for (let step = 0; step < 9; step++) {
      const [first, second] = schedule.getLastLr()
      expect(second).toBeCloseTo(first / 2, 12)
      schedule.step()
    }
  })

  test.each(all)('%s finds the rate of any epoch without those before', (_, make) => {
    const [walking, leaping] = [make(twoGroups()), make(twoGroups())]
    for (let step = 0; step < 7; step++) walking.step()
    leaping.goTo(7)
    expect(leaping.getLastLr()).toEqual(walking.getLastLr())
    expect(leaping.lastEpoch).toBe(7)
    leaping.goTo(0)
    expect(leaping.getLastLr()).toEqual(make(twoGroups()).getLastLr())
  })

  test.each(all)(
    '%s goes on with an optimizer that was made with other rates',
    (_, make) => {
      const [first, second] = [twoGroups(), twoGroups()]
      for (const group of second.paramGroups) group.lr *= 7
      const [schedule, resumed] = [make(first), make(second)]
      for (let step = 0; step < 4; step++) schedule.step()
      second.loadStateDict(first.stateDict())
      resumed.loadStateDict(schedule.stateDict())
      for (let step = 0; step < 5; step++) {
        expect(resumed.getLastLr()).toEqual(schedule.getLastLr())
        schedule.step()
        resumed.step()
      }
      for (const one of [schedule, resumed]) one.goTo(2)
      expect(resumed.getLastLr()).toEqual(schedule.getLastLr())
    },
  )

  test.each(all)('%s refuses an epoch that is none', (_, make) => {
    const schedule = make(twoGroups())
    const { name } = schedule.constructor
    for (const epoch of [-1, 0.5, NaN]) {
      expect(() => schedule.goTo(epoch)).toThrow(
        `${name}: epoch is ${epoch}: it must be a whole number ≥ 0`,
      )
    }
  })
})

test('a schedule starts from the rate that another one started from', () => {
  const optimizer = twoGroups()
  new LinearLR(optimizer, { startFactor: 0.1 })
  const schedule = new ExponentialLR(optimizer, 0.5)
  expect(schedule.baseLrs).toEqual([1, 0.5])
  expect(schedule.getLastLr()).toEqual([0.1, 0.05])
})

test('a schedule alone follows its rule to the last bit', () => {
  const optimizer = twoGroups()
  const schedule = new ExponentialLR(optimizer, 0.9)
  for (let step = 1; step <= 50; step++) {
    schedule.step()
    expect(schedule.getLastLr()).toEqual([0.9 ** step, 0.5 * 0.9 ** step])
  }
})

describe('nothing is half done', () => {
  test('where a OneCycleLR is refused', () => {
    const optimizer = new Adagrad([parameter(1)], { lr: 0.1 })
    const [before] = optimizer.stateDict().param_groups
    expect(() => new OneCycleLR(optimizer, 1, { totalSteps: 4 })).toThrow('no momentum')
    expect(() => new LambdaLR(optimizer, () => NaN)).toThrow('would be NaN')
    expect(optimizer.stateDict().param_groups).toEqual([before])
  })

  /** As plain JavaScript may call it. */
  const load = (schedule: LRScheduler, saved: unknown) => {
    Reflect.apply(schedule.loadStateDict, schedule, [saved])
  }

  const wrong: readonly unknown[] = [
    { last_epoch: NaN, base_lrs: [5, 5] },
    { last_epoch: 2, base_lrs: [5] },
    { last_epoch: 2, base_lrs: [5, 'x'] },
    { last_epoch: 2, base_lrs: [5, -1] },
    { last_epoch: 2 },
  ]

  test.each(wrong)('where a schedule cannot load %j', (saved) => {
    const schedule = new StepLR(twoGroups(), 10)
    const before = schedule.stateDict()
    expect(() => load(schedule, saved)).toThrow(ValueError)
    expect(schedule.stateDict()).toEqual(before)
  })

  test.each(wrong)('where a part of a SequentialLR cannot load %j', (saved) => {
    const optimizer = twoGroups()
    const parts = [new LinearLR(optimizer), new ExponentialLR(optimizer, 0.9)]
    const schedule = new SequentialLR(optimizer, parts, [3])
    const before = schedule.stateDict()
    const good = { last_epoch: 1, base_lrs: [1, 1] }
    for (const part of [saved, { last_epoch: -3, base_lrs: [1, 1] }]) {
      const all = { last_epoch: 1, _schedulers: [good, part] }
      expect(() => load(schedule, all)).toThrow(ValueError)
    }
    const all = { last_epoch: -3, _schedulers: [good, good] }
    expect(() => schedule.loadStateDict(all)).toThrow(
      'SequentialLR: loadStateDict: last_epoch is -3: it must be a whole number ≥ 0',
    )
    expect(schedule.stateDict()).toEqual(before)
  })
})

test('parts of a SequentialLR that PyTorch had wait before epoch 0 may do so here', () => {
  const optimizer = new SGD([parameter(1)], { lr: 0.1 })
  const parts = [new LinearLR(optimizer), new ExponentialLR(optimizer, 0.9)]
  const schedule = new SequentialLR(optimizer, parts, [5])
  schedule.loadStateDict({
    last_epoch: 2,
    _schedulers: [
      { last_epoch: 2, base_lrs: [0.1] },
      { last_epoch: -1, base_lrs: [0.1] },
    ],
  })
  expect([schedule, ...parts].map(({ lastEpoch }) => lastEpoch)).toEqual([2, 2, 0])
})

describe('a group that is added later', () => {
  const add = (optimizer: SGD) => {
    optimizer.addParamGroup({ params: [parameter(3)], lr: 0.2 })
  }

  test('has no momentum in a OneCycleLR with a list for others, and no rate changes', () => {
    const optimizer = twoGroups()
    const options = { totalSteps: 10, baseMomentum: [0.8, 0.8] }
    const schedule = new OneCycleLR(optimizer, 1, options)
    add(optimizer)
    const before = schedule.getLastLr()
    expect(() => schedule.step()).toThrow('baseMomentum has 2 values for 3 groups')
    expect(schedule.getLastLr()).toEqual(before)
    expect(schedule.lastEpoch).toBe(0)
  })

  test('gets the rates of a LambdaLR from the rate that it had', () => {
    const optimizer = twoGroups()
    const schedule = new LambdaLR(optimizer, (t) => 1 / (1 + t))
    schedule.step()
    add(optimizer)
    schedule.step()
    schedule.step()
    expect(schedule.getLastLr()).toEqual([1 / 4, 0.5 / 4, 0.2 / 4])
    expect(schedule.stateDict().base_lrs).toEqual([1, 0.5, 0.2])
  })

  test('takes part in the cycle of OneCycleLR', () => {
    const optimizer = twoGroups()
    const schedule = new OneCycleLR(optimizer, 1, { totalSteps: 11, pctStart: 0.5 })
    add(optimizer)
    for (let step = 1; step <= 5; step++) schedule.step()
    const [first, , added] = optimizer.paramGroups
    expect([added.lr, added.momentum]).toEqual([first.lr, first.momentum])
  })

  test('is missed by lists that have nothing for it', () => {
    const optimizer = twoGroups()
    const lambda = new LambdaLR(optimizer, [() => 1, () => 1])
    const cycle = new OneCycleLR(optimizer, [1, 0.5], { totalSteps: 10 })
    const plateau = new ReduceLROnPlateau(optimizer, { minLr: [0, 0] })
    add(optimizer)
    expect(() => lambda.step()).toThrow(
      'LambdaLR: there are 2 functions for 3 groups: give one for each, or one for all',
    )
    expect(() => cycle.step()).toThrow('OneCycleLR: maxLr has 2 values for 3 groups')
    expect(() => plateau.step(1)).toThrow(
      'ReduceLROnPlateau: minLr has 2 values for 3 groups',
    )
    expect([lambda, cycle, plateau].map(({ lastEpoch }) => lastEpoch)).toEqual([
      0, 0, 0,
    ])
  })

  test('is cut by ReduceLROnPlateau', () => {
    const optimizer = twoGroups()
    const schedule = new ReduceLROnPlateau(optimizer, { patience: 0, minLr: 0.03 })
    schedule.step(1)
    add(optimizer)
    schedule.step(1)
    expect(schedule.getLastLr()).toEqual([0.1, 0.05, 0.03])
  })
})

test('an optimizer saves the rate that its schedule started from', () => {
  const optimizer = twoGroups()
  new StepLR(optimizer, 1).step()
  const saved = optimizer.stateDict()
  expect(saved.param_groups.map(({ initial_lr }) => initial_lr)).toEqual([1, 0.5])
  const other = twoGroups()
  other.loadStateDict(saved)
  const schedule = new ExponentialLR(other, 0.5)
  expect(schedule.baseLrs).toEqual([1, 0.5])
  expect(schedule.getLastLr()).toEqual([0.1, 0.05])
})

test('a rule that gives no rate is refused by name, and changes no group', () => {
  const optimizer = twoGroups()
  const schedule = new LambdaLR(optimizer, [
    (t) => 1 / (1 + t),
    (t) => (t < 2 ? 1 : NaN),
  ])
  schedule.step()
  expect(() => schedule.step()).toThrow(
    'LambdaLR: the rate of epoch 2 would be NaN: it must be a number ≥ 0',
  )
  expect(schedule.getLastLr()).toEqual([0.5, 0.5])
  expect(schedule.lastEpoch).toBe(1)
  expect(() => new LambdaLR(twoGroups(), () => -1)).toThrow('epoch 0 would be -1')
})

describe('OneCycleLR', () => {
  test('stays at its end for the step that follows the last batch', () => {
    const optimizer = twoGroups()
    const schedule = new OneCycleLR(optimizer, 1, { totalSteps: 10 })
    schedule.goTo(9)
    const end = [...schedule.getLastLr(), optimizer.paramGroups[0].momentum]
    schedule.step()
    expect([...schedule.getLastLr(), optimizer.paramGroups[0].momentum]).toEqual(end)
    expect(() => schedule.step()).toThrow(
      'OneCycleLR: step 11 is beyond its 10 steps: make the cycle as long as the training',
    )
  })

  test('cycles momentum inside of a SequentialLR too', () => {
    const optimizer = new Adam([parameter(1)])
    const cycle = new OneCycleLR(optimizer, 1, { totalSteps: 10, pctStart: 0.5 })
    const constant = new LambdaLR(optimizer, () => 1)
    new SequentialLR(optimizer, [constant, cycle], [2]).goTo(6)
    expect(optimizer.paramGroups[0].betas).toEqual([0.85, 0.999])
  })

  test('has no phase too short to divide by', () => {
    for (const pctStart of [0, 0.1, 0.5, 1]) {
      for (const totalSteps of [1, 2, 10]) {
        const optimizer = twoGroups()
        const schedule = new OneCycleLR(optimizer, 1, { totalSteps, pctStart })
        for (let step = 0; step <= totalSteps; step++) {
          schedule.goTo(step)
          for (const lr of schedule.getLastLr()) expect(lr).toBeGreaterThan(0)
        }
      }
    }
  })
})

test('ReduceLROnPlateau goes on from a state dict that saw nothing, through JSON', () => {
  for (const mode of ['min', 'max'] as const) {
    const schedule = new ReduceLROnPlateau(twoGroups(), { mode })
    const fresh = schedule.stateDict()
    const saved = JSON.parse(JSON.stringify(fresh))
    expect(saved.best).toBe(null)
    schedule.step(1)
    schedule.loadStateDict(saved)
    expect(schedule.stateDict()).toEqual(fresh)
  }
})

test('ReduceLROnPlateau loads nothing where a part is wrong', () => {
  const schedule = new ReduceLROnPlateau(twoGroups())
  const before = schedule.stateDict()
  const wrong = { last_epoch: 5, best: 'x', num_bad_epochs: 1, cooldown_counter: 0 }
  expect(() => Reflect.apply(schedule.loadStateDict, schedule, [wrong])).toThrow(
    "ReduceLROnPlateau: loadStateDict: best is the string 'x', not a number",
  )
  expect(schedule.stateDict()).toEqual(before)
})

test('ReduceLROnPlateau takes options that are undefined for left out', () => {
  const optimizer = twoGroups()
  const left: object = { factor: undefined, minLr: undefined, mode: undefined }
  const schedule = new ReduceLROnPlateau(optimizer, { patience: 0, ...left })
  for (const loss of [1, 1]) schedule.step(loss)
  expect(schedule.getLastLr()).toEqual([0.1, 0.05])
})

test('ReduceLROnPlateau takes NaN for no improvement', () => {
  const optimizer = twoGroups()
  const schedule = new ReduceLROnPlateau(optimizer, { patience: 1 })
  for (const loss of [1, NaN, NaN]) schedule.step(loss)
  expect(schedule.getLastLr()).toEqual([0.1, 0.05])
  expect(schedule.best).toBe(1)
})

describe('a schedule wants the optimizer that it drives', () => {
  const instead = [parameter(1)]
  test.each<[name: string, make: () => unknown]>([
    ['StepLR', () => Reflect.construct(StepLR, [instead, 10])],
    ['CosineAnnealingLR', () => Reflect.construct(CosineAnnealingLR, [instead, 10])],
    ['LambdaLR', () => Reflect.construct(LambdaLR, [instead, [() => 1]])],
    [
      'OneCycleLR',
      () => Reflect.construct(OneCycleLR, [instead, 1, { totalSteps: 9 }]),
    ],
    ['SequentialLR', () => Reflect.construct(SequentialLR, [instead, [], []])],
    ['ReduceLROnPlateau', () => Reflect.construct(ReduceLROnPlateau, [instead])],
  ])('%s', (name, make) => {
    expect(make).toThrow(ValueError)
    expect(make).toThrow(
      `${name}: its optimizer is a list: make the optimizer first, and pass it`,
    )
  })
})

describe('a schedule that makes no sense says so', () => {
  const optimizer = twoGroups()
  const without = new Adagrad([parameter(1)])
  const part = () => new LinearLR(optimizer)
  const wrong = (text: string): object => JSON.parse(text)

  test.each<[message: string, make: () => unknown]>([
    [
      'StepLR: stepSize is 0: it must be a whole number ≥ 1',
      () => new StepLR(optimizer, 0),
    ],
    [
      'StepLR: gamma is NaN: it must be',
      () => new StepLR(optimizer, 1, { gamma: NaN }),
    ],
    [
      'MultiStepLR: milestone is 1.5: it must be a whole number ≥ 0',
      () => new MultiStepLR(optimizer, [1, 1.5]),
    ],
    ['MultiStepLR: gamma is -1', () => new MultiStepLR(optimizer, [], { gamma: -1 })],
    [
      'ExponentialLR: gamma is -0.5: it must be',
      () => new ExponentialLR(optimizer, -0.5),
    ],
    [
      'CosineAnnealingLR: tMax is 0: it must be',
      () => new CosineAnnealingLR(optimizer, 0),
    ],
    [
      'CosineAnnealingLR: etaMin is -1: it must be',
      () => new CosineAnnealingLR(optimizer, 5, { etaMin: -1 }),
    ],
    [
      'LambdaLR: there are 1 functions for 2 groups: give one for each, or one for all',
      () => new LambdaLR(optimizer, [() => 1]),
    ],
    [
      'LinearLR: startFactor is 2: it must be in [0, 1]',
      () => new LinearLR(optimizer, { startFactor: 2 }),
    ],
    ['LinearLR: totalIters is 0', () => new LinearLR(optimizer, { totalIters: 0 })],
    [
      'OneCycleLR: its length is not said: pass totalSteps, or epochs and stepsPerEpoch',
      () => new OneCycleLR(optimizer, 1, { epochs: 3 }),
    ],
    [
      'OneCycleLR: totalSteps is 2.5: it must be a whole number ≥ 1',
      () => new OneCycleLR(optimizer, 1, { totalSteps: 2.5 }),
    ],
    [
      'OneCycleLR: maxLr has 3 values for 2 groups: give one for each, or one for all',
      () => new OneCycleLR(optimizer, [1, 1, 1], { totalSteps: 10 }),
    ],
    [
      'OneCycleLR: maxLr is -1',
      () => new OneCycleLR(optimizer, -1, { totalSteps: 10 }),
    ],
    [
      'OneCycleLR: pctStart is 1.5: it must be in [0, 1]',
      () => new OneCycleLR(optimizer, 1, { totalSteps: 10, pctStart: 1.5 }),
    ],
    [
      'OneCycleLR: pctStart is 0.6: three phases need one ≤ 0.5, to come down as fast as up',
      () => {
        new OneCycleLR(optimizer, 1, {
          totalSteps: 10,
          pctStart: 0.6,
          threePhase: true,
        })
      },
    ],
    [
      'OneCycleLR: divFactor is 0: it must be a finite number > 0',
      () => new OneCycleLR(optimizer, 1, { totalSteps: 10, divFactor: 0 }),
    ],
    [
      'OneCycleLR: maxMomentum is 1: it must be in [0, 1)',
      () => new OneCycleLR(optimizer, 1, { totalSteps: 10, maxMomentum: 1 }),
    ],
    [
      "OneCycleLR: annealStrategy is 'cosine': it must be 'cos' or 'linear'",
      () => {
        const options = wrong('{ "totalSteps": 10, "annealStrategy": "cosine" }')
        return new OneCycleLR(optimizer, 1, options)
      },
    ],
    [
      'OneCycleLR: Adagrad has no momentum to cycle: pass { cycleMomentum: false }',
      () => new OneCycleLR(without, 1, { totalSteps: 10 }),
    ],
    [
      'SequentialLR: there are 2 schedules and 2 milestones: give one between each two ' +
        'schedules',
      () => new SequentialLR(optimizer, [part(), part()], [2, 4]),
    ],
    [
      'SequentialLR: milestones are 4, 2: they must be whole numbers that rise from 1 or more',
      () => new SequentialLR(optimizer, [part(), part(), part()], [4, 2]),
    ],
    [
      'SequentialLR: schedule 1 belongs to another optimizer: make all for one',
      () => new SequentialLR(optimizer, [part(), new LinearLR(without)], [2]),
    ],
    [
      'ReduceLROnPlateau: factor is 1: it must be in [0, 1)',
      () => new ReduceLROnPlateau(optimizer, { factor: 1 }),
    ],
    [
      'ReduceLROnPlateau: patience is -1: it must be a whole number ≥ 0',
      () => new ReduceLROnPlateau(optimizer, { patience: -1 }),
    ],
    [
      'ReduceLROnPlateau: minLr has 1 values for 2 groups',
      () => new ReduceLROnPlateau(optimizer, { minLr: [0.1] }),
    ],
    [
      "ReduceLROnPlateau: mode is 'lowest': it must be 'min' or 'max'",
      () => new ReduceLROnPlateau(optimizer, wrong('{ "mode": "lowest" }')),
    ],
    [
      "ReduceLROnPlateau: thresholdMode is 'x': it must be 'rel' or 'abs'",
      () => new ReduceLROnPlateau(optimizer, wrong('{ "thresholdMode": "x" }')),
    ],
    [
      'StepLR: loadStateDict: its base_lrs are for 1 groups, but the optimizer has 2',
      () => new StepLR(optimizer, 1).loadStateDict({ last_epoch: 1, base_lrs: [1] }),
    ],
    [
      'StepLR: loadStateDict: last_epoch is -2: it must be a whole number ≥ 0',
      () =>
        new StepLR(optimizer, 1).loadStateDict({ last_epoch: -2, base_lrs: [1, 1] }),
    ],
    [
      'SequentialLR: loadStateDict: it has 0 schedules, but this one 1',
      () => new SequentialLR(optimizer, [part()], []).loadStateDict({ last_epoch: 1 }),
    ],
    [
      'ReduceLROnPlateau: loadStateDict: num_bad_epochs is -1: it must be',
      () => {
        const saved = {
          last_epoch: 1,
          best: 1,
          num_bad_epochs: -1,
          cooldown_counter: 0,
        }
        new ReduceLROnPlateau(optimizer).loadStateDict(saved)
      },
    ],
  ])('%s', (message, make) => {
    expect(make).toThrow(ValueError)
    expect(make).toThrow(message)
  })
})
