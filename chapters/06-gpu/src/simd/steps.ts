import '@deepdive/optim'
import { elements, type Kernels, sizeOf, type View } from '@deepdive/tensor'
import type { Simd } from './instance.ts'
import type { Scratch } from './scratch.ts'
import { tooFew } from './too-few.ts'

type Adam = NonNullable<Kernels['adam']>
type SGD = NonNullable<Kernels['sgd']>

/** So many numbers of each operand at a time: all of them stay in a processor's cache. */
const most = 8192

/**
 * Goes through contiguous views of one size, all of which are read; all but the second,
 * the gradient, are changed.
 */
function byParts(
  scratch: Scratch,
  views: readonly View[],
  compute: (places: readonly number[], count: number) => void,
): void {
  const size = sizeOf(views[0].shape)
  const places = scratch.room(...views.map(() => 4 * most + 16))
  for (let start = 0; start < size; start += most) {
    const count = Math.min(most, size - start)
    views.forEach((view, n) => {
      scratch.write(elements(view), view.offset + start, count, places[n])
    })
    compute(places, count)
    views.forEach((view, n) => {
      if (n === 1) return
      scratch.read(places[n], count, elements(view), view.offset + start)
    })
  }
}

/** Steps of Adam and AdamW. */
export function fastAdam({ wasm, scratch }: Simd, plain: Adam | undefined): Adam {
  return (parameter, gradient, m, v, rates) => {
    if (plain && sizeOf(parameter.shape) < tooFew.steps) {
      return plain(parameter, gradient, m, v, rates)
    }
    const { beta1, beta2, kept, rate, margin } = rates
    byParts(scratch, [parameter, gradient, m, v], ([to, g, m, v], count) => {
      const [entering1, entering2] = [1 - beta1, 1 - beta2]
      const [first, second] = [[beta1, entering1] as const, [beta2, entering2] as const]
      wasm.adam(to, g, m, v, count, ...first, ...second, kept, rate, margin)
    })
  }
}

/** Steps of SGD, with momentum or without. */
export function fastSGD({ wasm, scratch }: Simd, plain: SGD | undefined): SGD {
  return (parameter, gradient, v, rates) => {
    if (plain && sizeOf(parameter.shape) < tooFew.steps) {
      return plain(parameter, gradient, v, rates)
    }
    const { maximize, weightDecay, share, nesterov, rate } = rates
    const momentum = v ? rates.momentum : 0
    const views = v ? [parameter, gradient, v] : [parameter, gradient]
    byParts(scratch, views, ([to, g, v], count) => {
      const sign = maximize ? -1 : 1
      const last = [share, Number(nesterov), rate] as const
      wasm.sgd(to, g, v, count, sign, weightDecay, momentum, ...last)
    })
  }
}
