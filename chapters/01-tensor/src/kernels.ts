import type { View } from './device.ts'

/** y = f(x), one element at a time. */
export type UnaryOp =
  | 'neg'
  | 'abs'
  | 'sign'
  | 'floor'
  | 'ceil'
  | 'round'
  | 'trunc'
  | 'reciprocal'
  | 'sqrt'
  | 'rsqrt'
  | 'exp'
  | 'expm1'
  | 'log'
  | 'log1p'
  | 'sin'
  | 'cos'
  | 'tanh'
  | 'sigmoid'
  | 'erf'
  | 'relu'
  | 'isnan'
  | 'logicalNot'

export type ArithmeticOp =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'pow'
  | 'remainder'
  | 'maximum'
  | 'minimum'

export type ComparisonOp = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge'

export type LogicalOp = 'logicalAnd' | 'logicalOr' | 'logicalXor'

/** y = f(a, b), one pair at a time. */
export type BinaryOp = ArithmeticOp | ComparisonOp | LogicalOp

/** Many elements become one. */
export type ReduceOp = 'sum' | 'prod' | 'max' | 'min' | 'any' | 'all'

/** Many elements become the place of one. */
export type ArgReduceOp = 'argmax' | 'argmin'

/**
 * What a device must be able to do. Kernels read views of any strides and write into
 * `out`, which the caller allocates. Whatever works along an axis takes the last one:
 * a permuted view brings any other axis there. Shapes and dtypes are checked before.
 *
 * Later chapters add entries by declaration merging.
 */
export interface Kernels {
  /** out = f(x); both of one shape, as in all elementwise kernels. */
  unary(op: UnaryOp, x: View, out: View): void
  /** out = f(a, b) */
  binary(op: BinaryOp, a: View, b: View, out: View): void
  /** out = condition ? a : b */
  where(condition: View, a: View, b: View, out: View): void
  /** out = x, converted to the dtype of out */
  copy(x: View, out: View): void
  /** out = value */
  fill(value: number, out: View): void
  /** x is [...kept, ...reduced], out is [...kept]. */
  reduce(op: ReduceOp, x: View, out: View): void
  /** As `reduce`; out is int32 and counts the reduced elements in row-major order. */
  argReduce(op: ArgReduceOp, x: View, out: View): void
  /** [...batch, n, k] · [...batch, k, m] → [...batch, n, m] */
  matmul(a: View, b: View, out: View): void
  /** out[..., i] = x[..., index[..., i]] */
  gather(x: View, index: View, out: View): void
  /** out[..., index[..., i]] = source[..., i]; of several for one place, the last. */
  scatter(index: View, source: View, out: View): void
  /** out[..., index[..., i]] += source[..., i] */
  scatterAdd(index: View, source: View, out: View): void
  /** out[..., i] = x[..., 0] + … + x[..., i] */
  cumsum(x: View, out: View): void
  /** The places of x in ascending order along the last axis, stable, NaN last. */
  argsort(x: View, out: View): void
  /** Fills a contiguous out from the counter-based generator (see random.ts). */
  random(distribution: RandomDistribution, key: RandomKey, out: View): void
}

/** Uniform in [0, 1); standard normal; or all 32 bits as an integer. */
export type RandomDistribution = 'uniform' | 'normal' | 'bits'

/** Which numbers a generator gives: its seed, and how many blocks it has given. */
export interface RandomKey {
  readonly seed: number
  readonly counter: number
}
