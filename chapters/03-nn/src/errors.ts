import { DeepDiveError } from '@deepdive/tensor'

/**
 * A state dict that does not fit the module it is loaded into.
 *
 * @example
 * new Linear(2, 3).loadStateDict({ weight: zeros([3, 2]) })
 * // throws StateDictError: loadStateDict: the state does not fit this Linear 2 → 3
 */
export class StateDictError extends DeepDiveError {
  override readonly name: string = 'StateDictError'
}
