import { Tensor } from '@deepdive/autograd'
import { allocationOf, checkNotFreed } from './allocation.ts'
import { currentFrame } from './open-frames.ts'
import { leaveToScope } from './owners.ts'
import { arrayOf, arraysIn, hasGraph } from './reach.ts'

/**
 * Lets the tensors and arrays in `value` outlive all scopes, and returns it: until
 * `release`, or until the garbage collector finds that nobody uses them. If a gradient
 * can still go back from one of them, all that its graph needs is left to the collector
 * too: `detach()` it, or keep it after `backward`, where that is not meant.
 *
 * @throws DeviceError where the memory is freed already.
 * @example
 * let last
 * scope(() => {
 *   last = keep(tensor([1, 2]).mul(2))
 * })
 * last // → tensor([2., 4.])
 */
export function keep<Value>(value: Value): Value {
  const arrays = [...arraysIn(value)]
  for (const { storage } of arrays.map(arrayOf)) {
    const allocation = allocationOf(storage)
    if (!allocation) continue
    checkNotFreed('keep', allocation)
    allocation.kept = true
  }
  currentFrame()?.keep(arrays.filter(hasGraph))
  return value
}

/**
 * Takes `keep` back: the scope that is open frees what is in `value` when it ends,
 * unless an owner holds it.
 *
 * @example
 * const last = keep(tensor([1, 2]))
 * release(last) // → undefined
 */
export function release(value: unknown): void {
  for (const { storage } of [...arraysIn(value)].map(arrayOf)) {
    const allocation = allocationOf(storage)
    if (!allocation) continue
    allocation.kept = false
    leaveToScope(allocation)
  }
}

/**
 * Frees the memory of the tensors and arrays in `value`, and of their gradients, at
 * once, whoever holds it: of a model that is done with, for instance, or of an
 * optimizer, with the parameters that it changes. On the `cpu` the garbage collector
 * does so later.
 *
 * @example
 * free(new Linear(2, 1)) // → undefined
 */
export function free(value: unknown): void {
  for (const found of arraysIn(value)) {
    const gradient = found instanceof Tensor ? found.grad : null
    for (const x of [found, ...(gradient ? [gradient] : [])]) {
      allocationOf(arrayOf(x).storage)?.free()
    }
  }
}
