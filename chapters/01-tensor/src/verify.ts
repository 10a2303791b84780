import { cpu } from './cpu/cpu.ts'
import type { DeepDiveError } from './errors.ts'
import type { NDArray } from './ndarray.ts'

/**
 * Throws an error unless `holds`, a single bool, is true. A device that is read without
 * blocking gives it to whoever reads next.
 * @example
 * const error = () => new ValueError('mean: of nothing')
 * verify(array(true), error)
 * verify(array(false), error) // throws ValueError: mean: of nothing
 */
export function verify(holds: NDArray, error: () => DeepDiveError): void {
  if (holds.device !== cpu) holds.device.verify?.(holds, error)
  else if (holds.item() === 0) throw error()
}
