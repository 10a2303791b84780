import { Tensor } from '@deepdive/autograd'
import { describeValue, ValueError } from '@deepdive/tensor'

/** Gives options back, and refuses what PyTorch takes by its place: `new ELU(0.5)`. */
export function optionsOf<Given extends object>(owner: string, options: Given): Given {
  const isObject = typeof options === 'object' && options !== null
  if (isObject && !(options instanceof Tensor)) return options
  throw new ValueError(
    `${owner}: options are ${describeValue(options)}: they must be an object, as ` +
      '{ name: value }',
  )
}
