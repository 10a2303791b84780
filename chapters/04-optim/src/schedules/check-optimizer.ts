import { describeValue, ValueError } from '@deepdive/tensor'
import { Optimizer } from '../optimizer.ts'

/** Refuses what is no optimizer, as parameters, for which one makes an optimizer. */
export function checkOptimizer(owner: string, optimizer: unknown): void {
  if (optimizer instanceof Optimizer) return
  throw new ValueError(
    `${owner}: its optimizer is ${describeValue(optimizer)}: make the optimizer ` +
      'first, and pass it',
  )
}
