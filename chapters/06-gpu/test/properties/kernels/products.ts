import { type DType, promoteTypes, type Shape } from '@deepdive/tensor'
import fc from 'fast-check'
import type { Call, Calls } from '../call.ts'
import { exactNumbers, type Numbers, summands } from '../numbers.ts'
import { rowsOf, viewOf } from '../views.ts'

type Sizes = [n: number, k: number, m: number]

const short = fc.constantFrom(0, 1, 2, 3, 5, 7, 16, 17, 31)
const long = fc.constantFrom(64, 65, 127, 255, 257)
const sizes = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(short, short, short) },
  { weight: 1, arbitrary: fc.tuple(long, short, short) },
  { weight: 1, arbitrary: fc.tuple(short, long, short) },
  { weight: 1, arbitrary: fc.tuple(short, short, long) },
  { weight: 1, arbitrary: fc.tuple(long, long, short) },
)
const batch: fc.Arbitrary<Shape> = fc.constantFrom([], [], [1], [3], [2, 2], [0])
const types = fc.constantFrom<[DType, DType]>(
  ['float32', 'float32'],
  ['float32', 'float32'],
  ['float32', 'int32'],
  ['bool', 'float32'],
  ['int32', 'int32'],
  ['int32', 'bool'],
)

function product(
  lead: Shape,
  [n, k, m]: Sizes,
  [a, b]: readonly [DType, DType],
  numbers: Numbers,
): fc.Arbitrary<Call> {
  return fc
    .tuple(viewOf([...lead, n, k], a, numbers), viewOf([...lead, k, m], b, numbers))
    .map(
      (given): Call => ({
        given,
        results: [rowsOf([...lead, n, m], promoteTypes(a, b))],
        run: (kernels, [a, b], [out]) => kernels.matmul(a, b, out),
        nearness: 'equal',
      }),
    )
}

const products = fc
  .tuple(batch, sizes, types)
  .chain(([lead, sizes, types]) => product(lead, sizes, types, factorsOf(types)))

/** Whole numbers meet fractions as float32, which must hold their sums. */
function factorsOf([a, b]: readonly [DType, DType]): Numbers {
  return promoteTypes(a, b) === 'int32' || a === b ? summands : exactNumbers
}

/** More along one axis than a kernel takes at a time. */
const large = fc
  .constantFrom<Sizes>([2, 2500, 3], [600, 257, 5], [3, 2, 999])
  .chain((sizes) => product([], sizes, ['float32', 'float32'], exactNumbers))

/** Matrices. */
export const matrices: Readonly<Record<string, Calls>> = {
  matmul: {
    'any two matrices, or batches of them': products,
    'matrices that are long along one axis': large,
  },
}
