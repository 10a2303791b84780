import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  arange,
  array,
  type BinaryOp,
  type DType,
  full,
  type UnaryOp,
  zeros,
} from '../src/index.ts'
import {
  anyView,
  elementsOf,
  type Reference,
  readAll,
  viewOfShape,
} from './reference.ts'

const truth = (yes: boolean) => (yes ? 1 : 0)

const unary: Record<UnaryOp, (x: number) => number> = {
  neg: (x) => 0 - x,
  abs: (x) => (x < 0 ? -x : x),
  sign: (x) => (x > 0 ? 1 : x < 0 ? -1 : 0),
  floor: (x) => Math.floor(x),
  ceil: (x) => Math.ceil(x),
  round: (x) => {
    const [down, up] = [Math.floor(x), Math.ceil(x)]
    if (x - down === up - x) return down % 2 === 0 ? down : up
    return x - down < up - x ? down : up
  },
  trunc: (x) => (x < 0 ? Math.ceil(x) : Math.floor(x)),
  reciprocal: (x) => 1 / x,
  sqrt: (x) => x ** 0.5,
  rsqrt: (x) => x ** -0.5,
  exp: (x) => Math.E ** x,
  expm1: (x) => Math.E ** x - 1,
  log: (x) => Math.log2(x) / Math.LOG2E,
  log1p: (x) => Math.log2(1 + x) / Math.LOG2E,
  sin: (x) => Math.cos(x - Math.PI / 2),
  cos: (x) => Math.sin(x + Math.PI / 2),
  tanh: (x) => 1 - 2 / (Math.E ** (2 * x) + 1),
  sigmoid: (x) => Math.E ** x / (1 + Math.E ** x),
  erf: (x) => integral((t) => (2 / Math.sqrt(Math.PI)) * Math.exp(-t * t), x),
  relu: (x) => (x + Math.abs(x)) / 2,
  isnan: () => 0,
  logicalNot: (x) => truth(x === 0),
}

/** ∫₀ˣ f by Simpson's rule. */
function integral(f: (t: number) => number, x: number): number {
  const steps = 400
  const h = x / steps
  let total = f(0) + f(x)
  for (let n = 1; n < steps; n++) total += (n % 2 ? 4 : 2) * f(n * h)
  return (total * h) / 3
}

const binary: Record<BinaryOp, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  pow: (a, b) => a ** b,
  remainder: (a, b) => a - Math.floor(a / b) * b,
  maximum: (a, b) => Math.max(a, b),
  minimum: (a, b) => Math.min(a, b),
  eq: (a, b) => truth(a === b),
  ne: (a, b) => truth(a !== b),
  lt: (a, b) => truth(a < b),
  le: (a, b) => truth(a <= b),
  gt: (a, b) => truth(a > b),
  ge: (a, b) => truth(a >= b),
  logicalAnd: (a, b) => truth(a !== 0 && b !== 0),
  logicalOr: (a, b) => truth(a !== 0 || b !== 0),
  logicalXor: (a, b) => truth((a !== 0) !== (b !== 0)),
}

/** Equal, or as near as float32 and another formula for the same allow. */
function expectNear(found: readonly number[], wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length)
  found.forEach((value, place) => {
    const want = Math.fround(wanted[place])
    if (Object.is(value + 0, want + 0)) return
    const allowed = 1e-6 * Math.max(1, Math.abs(want))
    expect(Math.abs(value - want), `${value} for ${want}`).toBeLessThanOrEqual(allowed)
  })
}

describe('each function of one number does what its formula says, on any view:', () => {
  for (const [op, f] of Object.entries(unary) as [UnaryOp, (x: number) => number][]) {
    test(op, () => {
      fc.assert(
        fc.property(anyView(), ({ x, ref }) => {
          const y = x.unary(op)
          expect(y.shape).toEqual(ref.shape)
          expect(y.isContiguous()).toBe(true)
          expectNear(readAll(y), elementsOf(ref).map(f))
        }),
        { numRuns: 60 },
      )
    })
  }
})

const anyShape = fc.array(fc.constantFrom(0, 1, 2, 3, 5, 17), { maxLength: 3 })

function twoViews(dtype: DType) {
  return anyShape.chain((shape) =>
    fc.tuple(viewOfShape(shape, dtype), viewOfShape(shape, dtype)),
  )
}

function pairwise(a: Reference, b: Reference, f: (x: number, y: number) => number) {
  return elementsOf({ shape: a.shape, at: (index) => f(a.at(index), b.at(index)) })
}

describe('each operation on two numbers does what its formula says, on any views:', () => {
  for (const [op, f] of Object.entries(binary) as [BinaryOp, typeof binary.add][]) {
    test(op, () => {
      fc.assert(
        fc.property(twoViews('float32'), ([a, b]) => {
          const y = a.x.binary(op, b.x)
          expect(y.shape).toEqual(a.ref.shape)
          expectNear(readAll(y), pairwise(a.ref, b.ref, f))
        }),
        { numRuns: 60 },
      )
    })
  }

  test('on int32, where the result is int32 too', () => {
    const ops: BinaryOp[] = ['add', 'sub', 'mul', 'maximum', 'minimum']
    fc.assert(
      fc.property(twoViews('int32'), fc.constantFrom(...ops), ([a, b], op) => {
        const y = a.x.binary(op, b.x)
        expect(y.dtype).toBe('int32')
        expect(readAll(y)).toEqual(
          pairwise(a.ref, b.ref, (x, y) => binary[op](x, y) + 0),
        )
      }),
    )
  })

  test('with a number on the right', () => {
    fc.assert(
      fc.property(anyView(), fc.integer({ min: -5, max: 5 }), ({ x, ref }, n) => {
        expect(readAll(x.add(n))).toEqual(elementsOf(ref).map((value) => value + n))
        expect(readAll(x.lt(n))).toEqual(
          elementsOf(ref).map((value) => truth(value < n)),
        )
      }),
    )
  })
})

test('where takes from one or the other, whatever views they are', () => {
  const views = anyShape.chain((shape) =>
    fc.tuple(viewOfShape(shape, 'bool'), viewOfShape(shape), viewOfShape(shape)),
  )
  fc.assert(
    fc.property(views, ([test, yes, no]) => {
      const choose = (index: readonly number[]) =>
        test.ref.at(index) ? yes.ref.at(index) : no.ref.at(index)
      const y = yes.x.where(test.x, no.x)
      expect(readAll(y)).toEqual(elementsOf({ shape: test.ref.shape, at: choose }))
    }),
  )
})

describe('dtypes', () => {
  const int = array([3, 4], { dtype: 'int32' })
  const float = array([0.5, 2])
  const bool = array([true, false])

  test('meet in the one that holds both', () => {
    expect(int.add(float).dtype).toBe('float32')
    expect(int.add(bool).toArray()).toEqual([4, 4])
    expect(int.add(bool).dtype).toBe('int32')
    expect(int.add(1).dtype).toBe('int32')
    expect(int.add(0.5).toArray()).toEqual([3.5, 4.5])
    expect(float.mul(bool).toArray()).toEqual([0.5, 0])
  })

  test('a quotient, a root or an exponential is float32 always', () => {
    expect(int.div(2).toArray()).toEqual([1.5, 2])
    expect(int.sqrt().dtype).toBe('float32')
    expect(bool.exp().dtype).toBe('float32')
    expect(bool.div(bool).toArray()).toEqual([1, NaN])
  })

  test('what keeps whole numbers whole stays int32', () => {
    expect(int.neg().abs().sign().floor().dtype).toBe('int32')
    expect(int.square().toArray()).toEqual([9, 16])
  })

  test('a question is answered by bools', () => {
    expect(int.gt(3).dtype).toBe('bool')
    expect(float.isnan().toArray()).toEqual([false, false])
    expect(float.logicalNot().dtype).toBe('bool')
  })

  test('between bools, a sum is "or" and a product is "and"', () => {
    expect(bool.add(bool.logicalNot()).toArray()).toEqual([true, true])
    expect(bool.mul(bool).toArray()).toEqual([true, false])
  })

  test('bools that have no such operation are refused', () => {
    expect(() => bool.neg()).toThrow('neg: a bool has no negative: use logicalNot()')
    expect(() => bool.sub(bool)).toThrow(
      "sub: is not for two bools: use logicalXor, or .to('int32') on one of them",
    )
  })

  test('convert: to int32 towards 0, to bool what is not 0', () => {
    expect(array([-1.7, 1.7, 0.2]).to('int32').toArray()).toEqual([-1, 1, 0])
    expect(array([0, 0.2, -3]).to('bool').toArray()).toEqual([false, true, true])
    expect(bool.to('float32').toArray()).toEqual([1, 0])
    expect(float.to('float32')).toBe(float)
  })
})

describe('special numbers', () => {
  test('NaN passes through maximum, minimum, relu and clamp', () => {
    const x = array([NaN, 1])
    expect(x.maximum(0).toArray()).toEqual([NaN, 1])
    expect(array([0, 1]).minimum(x).toArray()).toEqual([NaN, 1])
    expect(x.relu().toArray()).toEqual([NaN, 1])
    expect(x.clamp(2, 3).toArray()).toEqual([NaN, 2])
    expect(x.isnan().toArray()).toEqual([true, false])
    expect(x.eq(x).toArray()).toEqual([false, true])
  })

  test('functions stay finite or say infinity far out', () => {
    const x = array([-1000, 1000])
    expect(x.sigmoid().toArray()).toEqual([0, 1])
    expect(x.tanh().toArray()).toEqual([-1, 1])
    expect(x.erf().toArray()).toEqual([-1, 1])
    expect(x.exp().toArray()).toEqual([0, Infinity])
    expect(array([0, -1]).log().toArray()).toEqual([-Infinity, NaN])
    expect(array([1, -1, 0]).div(0).toArray()).toEqual([Infinity, -Infinity, NaN])
  })

  test('expm1 and log1p keep the digits that exp and log would lose', () => {
    expect(array([1e-10]).expm1().item()).toBe(Math.fround(1e-10))
    expect(array([1e-10]).log1p().item()).toBe(Math.fround(1e-10))
  })

  test('a remainder has the sign of the divisor', () => {
    const x = array([-5, 5, -6, 6], { dtype: 'int32' })
    expect(x.remainder(3).toArray()).toEqual([1, 2, 0, 0])
    expect(x.remainder(-3).toArray()).toEqual([-2, -1, 0, 0])
  })

  test('clamp may have one bound only', () => {
    const x = array([-2, 0.5, 2])
    expect(x.clamp(0).toArray()).toEqual([0, 0.5, 2])
    expect(x.clamp(null, 1).toArray()).toEqual([-2, 0.5, 1])
    expect(x.clamp(0, 1).toArray()).toEqual([0, 0.5, 1])
  })
})

test('long contiguous rows and short strided ones agree', () => {
  const x = arange(1009 * 3).reshape([1009, 3])
  const doubled = Array.from({ length: 1009 * 3 }, (_, n) => 2 * n)
  expect(Array.from(x.add(x).toTypedArray())).toEqual(doubled)
  expect(x.t().add(x.t()).t().sub(x).sub(x).eq(0).all().item()).toBe(1)
  expect(
    full([7, 11], 2)
      .mul(zeros([11, 7]).add(3).t())
      .eq(6)
      .all()
      .item(),
  ).toBe(1)
})

test('whole numbers have no remainder by 0, and no negative powers', () => {
  const whole = array([3, 4], { dtype: 'int32' })
  expect(whole.remainder(2).toArray()).toEqual([1, 0])
  expect(whole.pow(2).toArray()).toEqual([9, 16])
  expect(() => whole.remainder(array([1, 0], { dtype: 'int32' }))).toThrow(
    "remainder: 0 on the right has no int32 result: use .to('float32') on the left",
  )
  expect(() => whole.pow(-1)).toThrow('pow: -1 on the right has no int32 result')
  expect(whole.to('float32').pow(-1).at(1).item()).toBe(0.25)
})

test('products and powers of whole numbers wrap around, to the last digit', () => {
  const whole = { dtype: 'int32' } as const
  const a = array([2147483647, 123456789, -123456789], whole)
  const b = array([2147483647, 987654321, 987654321], whole)
  expect(a.mul(b).toArray()).toEqual([1, -67153019, 67153019])
  expect(array([3, -3, 7, 5], whole).pow(40).at(0).item()).toBe(689956897)
  const powers = array([3, -3, 7, 5], whole).pow(array([13, 5, 0, 1], whole))
  expect(powers.toArray()).toEqual([1594323, -243, 1, 5])
})

test('a number beside fractions keeps its sign, even that of 0', () => {
  const x = array([1, -1])
  expect(x.div(-0).toArray()).toEqual([-Infinity, Infinity])
  expect(Object.is(x.mul(-0).at(0).item(), -0)).toBe(true)
})

test('where asks a bool, and operands are arrays or numbers', () => {
  const x = array([1, 2])
  expect(() => x.where(x, 0)).toThrow('where: the condition must be bool, not float32')
  expect(() => x.add('1' as unknown as number)).toThrow(
    "add: the other operand is the string '1', no array and no number",
  )
})
