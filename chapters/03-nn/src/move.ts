import type { Tensor } from '@deepdive/autograd'
import type { Device, DType, NDArray } from '@deepdive/tensor'

/** A tensor of a module, and what its elements and its gradient's are to be. */
interface Move {
  readonly tensor: Tensor
  readonly array: NDArray
  readonly grad: NDArray | undefined
}

/**
 * Moves tensors and their gradients to a device, or turns them to a dtype: all of them,
 * or none where the device refuses.
 */
export function moveTo(target: Device | DType, tensors: readonly Tensor[]): void {
  const moves = tensors.map((tensor) => ({
    tensor,
    array: tensor.array.to(target),
    grad: tensor.grad?.array.to(target),
  }))
  for (const move of moves) arrive(move)
}

/** Moves tensors and their gradients to the `cpu`, wherever they are. */
export async function moveToCpu(tensors: readonly Tensor[]): Promise<void> {
  const moves = tensors.map(async (tensor) => ({
    tensor,
    array: await tensor.array.cpu(),
    grad: await tensor.grad?.array.cpu(),
  }))
  for (const move of await Promise.all(moves)) arrive(move)
}

/** The module holds its tensors' memory where they are now, and lets the old one go. */
function arrive({ tensor, array, grad }: Move): void {
  const gradient = tensor.grad
  tensor.grad = null
  array.storage.keep()
  tensor.array.storage.release()
  tensor.array = array
  if (!gradient || !grad) return
  gradient.array = grad
  tensor.grad = gradient
}
