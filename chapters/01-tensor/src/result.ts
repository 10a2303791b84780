import { type DType, isFloatingPoint, promoteTypes } from './dtype.ts'
import { DTypeError } from './errors.ts'
import type { BinaryOp, ReduceOp, UnaryOp } from './kernels.ts'

const keepsType: readonly UnaryOp[] = [
  'neg',
  'abs',
  'sign',
  'floor',
  'ceil',
  'round',
  'trunc',
  'relu',
]
const asksYesOrNo: readonly string[] = [
  'isnan',
  'logicalNot',
  'eq',
  'ne',
  'lt',
  'le',
  'gt',
  'ge',
  'logicalAnd',
  'logicalOr',
  'logicalXor',
  'any',
  'all',
]

/** The dtype of what has fractions, made from `dtype`. */
function fractionsOf(dtype: DType): DType {
  return isFloatingPoint(dtype) ? dtype : 'float32'
}

/** The dtype of f(x). */
export function unaryResult(op: UnaryOp, dtype: DType): DType {
  if (asksYesOrNo.includes(op)) return 'bool'
  if (!keepsType.includes(op)) return fractionsOf(dtype)
  if (op === 'neg' && dtype === 'bool') {
    throw new DTypeError('neg: a bool has no negative: use logicalNot()')
  }
  return dtype
}

/**
 * The dtype of f(a, b), and the kernel that computes it. Between bools a product is
 * "and", a sum is "or"; a quotient has fractions always.
 */
export function binaryResult(
  op: BinaryOp,
  a: DType,
  b: DType,
): { readonly kernel: BinaryOp; readonly dtype: DType } {
  if (asksYesOrNo.includes(op)) return { kernel: op, dtype: 'bool' }
  const dtype = promoteTypes(a, b)
  if (op === 'div') return { kernel: op, dtype: fractionsOf(dtype) }
  if (dtype !== 'bool' || op === 'maximum' || op === 'minimum')
    return { kernel: op, dtype }
  if (op === 'mul') return { kernel: 'logicalAnd', dtype }
  if (op === 'add') return { kernel: 'logicalOr', dtype }
  throw new DTypeError(
    `${op}: is not for two bools: use logicalXor, or .to('int32') on one of them`,
  )
}

/** The dtype of a reduction: sums and products of bools count in int32. */
export function reduceResult(op: ReduceOp, dtype: DType): DType {
  if (asksYesOrNo.includes(op)) return 'bool'
  return dtype === 'bool' && (op === 'sum' || op === 'prod') ? 'int32' : dtype
}
