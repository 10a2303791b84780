import { Tensor } from '@deepdive/autograd'
import { describeValue, ValueError } from '@deepdive/tensor'

const advice = 'pass a list of tensors, as model.parameters()'

/** A list's items; refuses a model, or a method that was not called. */
export function readItems<Item>(owner: string, items: Iterable<Item>): Item[] {
  if (Symbol.iterator in Object(items)) return [...items]
  throw new ValueError(
    `${owner}: its parameters are ${describeValue(items)}: ${advice}`,
  )
}

/** The tensors of a list, or one alone: at least one. */
export function readParameters(
  owner: string,
  parameters: Tensor | Iterable<Tensor>,
): Tensor[] {
  if (parameters instanceof Tensor) return [parameters]
  const tensors = readItems(owner, parameters)
  if (tensors.length === 0) {
    throw new ValueError(
      `${owner}: there are no parameters: is the list empty, or an iterator that was ` +
        'used before?',
    )
  }
  const strange = tensors.findIndex((item) => !(item instanceof Tensor))
  if (strange === -1) return tensors
  throw new ValueError(
    `${owner}: parameter ${strange} is ${describeValue(tensors[strange])}, not a ` +
      `tensor: ${advice}`,
  )
}
