import type { View } from '@deepdive/tensor'
import { sizeOfView } from '../views.ts'

/** So many invocations keep a large GPU busy. */
const enough = 32_768
/** A strand of so many elements is worth its while, and one of more is long. */
const worthwhile = 16
const long = 1024

/**
 * How many strands gather each total: `lanes` neighbours in one workgroup, in each of
 * so many `chunks`.
 *
 * Where neighbouring elements belong to one total, as in the sum of a row, neighbouring
 * invocations must, too, to read them together. Where they belong to different totals,
 * as in the sums of columns, each invocation has a total of its own.
 */
export function planStrands(
  inputs: readonly View[],
  out: View,
): { readonly lanes: number; readonly chunks: number } {
  const outputs = sizeOfView(out)
  const length = sizeOfView(inputs[0]) / outputs
  const lanes = lanesFor(inputs, out.shape.length, length)
  const each = Math.ceil(length / lanes)
  const wanted = Math.max(enough / (outputs * lanes), each / long)
  const chunks = Math.ceil(Math.min(wanted, each / worthwhile))
  return { lanes, chunks: each <= 2 * worthwhile ? 1 : Math.max(1, chunks) }
}

function lanesFor(inputs: readonly View[], kept: number, length: number): number {
  const { shape, strides } = largest(inputs)
  const steps = strides.map((step, axis) =>
    shape[axis] > 1 ? Math.abs(step) : Infinity,
  )
  const across = Math.min(...steps.slice(0, kept), Infinity)
  const along = Math.min(...steps.slice(kept), Infinity)
  if (length <= 8 || across < along) return 1
  return length <= 256 ? 32 : 256
}

/** The input that has most elements of its own: how it lies counts. */
function largest(inputs: readonly View[]): View {
  const own = ({ shape, strides }: View) =>
    shape.reduce(
      (size, extent, axis) => (strides[axis] === 0 ? size : size * extent),
      1,
    )
  return inputs.reduce((best, x) => (own(x) > own(best) ? x : best))
}
