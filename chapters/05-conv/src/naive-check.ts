import { tensor } from '@deepdive/autograd'
import { checkLayout } from './functional/channels.ts'
import { checkFilters } from './functional/conv-check.ts'
import type { Images, NaiveConvOptions } from './naive.ts'
import { evenWindow, windowCount } from './window.ts'

/** Refuses of lists what conv2d refuses of tensors: as tensors, they have shapes. */
export function checkLists(
  op: string,
  x: Images,
  weight: Images,
  bias: readonly number[] | null,
  options: NaiveConvOptions,
): void {
  const [input, filters] = [x, weight].map((list) => tensor(list, { dtype: 'float32' }))
  checkLayout(op, input, ['[N, C, H, W]'])
  checkFilters(op, 2, {
    input,
    weight: filters,
    bias: bias && tensor(bias, { dtype: 'float32' }),
    groups: options.groups ?? 1,
    transposed: false,
  })
  evenWindow(op, filters.shape.slice(2), 2, options).forEach((axis, n) => {
    windowCount(op, axis, input.shape[2 + n])
  })
}
