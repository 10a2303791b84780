import { checkKind } from '../datasets/check-kind.ts'
import type { Transform } from './transform.ts'

/**
 * One transform after another.
 *
 * @example
 * const { compose, centerCrop, normalize } = transforms
 * const prepare = compose([centerCrop(1), normalize(0.5, 0.5)])
 * prepare(tensor([[[0, 1, 0]]])) // → tensor([[[1.]]])
 */
export function compose(transforms: readonly Transform[]): Transform {
  checkKind('compose', { transforms }, 'a list of functions', (value) => {
    return Array.isArray(value) && value.every((item) => typeof item === 'function')
  })
  return (x, options) => transforms.reduce((made, change) => change(made, options), x)
}
