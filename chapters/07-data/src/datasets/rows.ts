import { Tensor } from '@deepdive/autograd'
import { cpu, elements, NDArray, sizeOf } from '@deepdive/tensor'

/** Below this length a loop copies a row faster than a view of it can be made. */
const shortRow = 16

/**
 * The rows of x at `indices`, as `x.indexSelect(0, indices)`, but copied as whole
 * stretches of memory where they lie in one.
 */
export function takeRows(x: Tensor, indices: readonly number[]): Tensor {
  const { array, device } = x
  if (device !== cpu || !array.isContiguous()) {
    const places = NDArray.from(Int32Array.from(indices), [indices.length], device)
    return new Tensor(array.indexSelect(0, places))
  }
  const row = x.shape.slice(1)
  const out = NDArray.empty([indices.length, ...row], x.dtype, cpu)
  copyRows(elements(array), array.offset, sizeOf(row), indices, elements(out))
  return new Tensor(out)
}

type Elements = ReturnType<typeof elements>

function copyRows(
  from: Elements,
  offset: number,
  size: number,
  indices: readonly number[],
  to: Elements,
): void {
  let end = 0
  for (const index of indices) {
    const start = offset + index * size
    if (size < shortRow) {
      for (let i = 0; i < size; i++) to[end + i] = from[start + i]
    } else {
      to.set(from.subarray(start, start + size), end)
    }
    end += size
  }
}
