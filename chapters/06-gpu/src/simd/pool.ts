import type { Window } from '@deepdive/conv'
import {
  elements,
  isContiguous,
  type Kernels,
  sizeOf,
  type View,
} from '@deepdive/tensor'
import type { Simd } from './instance.ts'
import { sizesOnTwo, windowOnTwo } from './two-axes.ts'

type Largest = NonNullable<Kernels['largestInWindows']>
type MaxPool = NonNullable<Kernels['maxPool']>

/** So many numbers at a time: all of them stay in a processor's second cache. */
const most = 65536

/** Where the largest stand in windows on one axis or two; others are left to `plain`. */
export function fastLargest(simd: Simd, plain: Largest): Largest {
  return (x, window, places) => {
    const fits = window.length <= 2 && isContiguous(places)
    if (!fits) plain(x, window, places)
    else findLargest(simd, x, window, null, places)
  }
}

/** The same, and the largest themselves. */
export function fastMaxPool(simd: Simd): MaxPool {
  return (x, window, y, places) => findLargest(simd, x, window, y, places)
}

/** Plane by plane, as many at a time as fit. */
function findLargest(
  { wasm, scratch }: Simd,
  x: View,
  window: Window,
  y: View | null,
  places: View,
): void {
  const lead = x.shape.length - window.length
  const [n1, n2] = sizesOnTwo(x.shape.slice(lead))
  const [o1, o2] = sizesOnTwo(places.shape.slice(lead))
  const [down, across] = windowOnTwo(window)
  const planes = sizeOf(x.shape.slice(0, lead))
  const [size, count] = [n1 * n2, o1 * o2]
  const atOnce = Math.max(1, Math.min(planes, Math.floor(most / (size + 2 * count))))
  const [from, values, found] = scratch.room(
    4 * atOnce * size + 64,
    4 * atOnce * count + 16,
    4 * atOnce * count + 16,
  )
  for (let plane = 0; plane < planes; plane += atOnce) {
    const some = Math.min(atOnce, planes - plane)
    scratch.write(elements(x), x.offset + plane * size, some * size, from)
    const rows = [down.size, down.stride, down.dilation, down.before] as const
    const columns = [
      across.size,
      across.stride,
      across.dilation,
      across.before,
    ] as const
    const outputs = [o1, o2, values, found] as const
    wasm.largestInWindows(from, some, n1, n2, ...rows, ...columns, ...outputs)
    const to = plane * count
    if (y) scratch.read(values, some * count, elements(y), y.offset + to)
    scratch.read(found, some * count, elements(places), places.offset + to)
  }
}
