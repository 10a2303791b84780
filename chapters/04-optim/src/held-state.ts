import { Tensor } from '@deepdive/autograd'
import type { Storage } from '@deepdive/tensor'
import type { ParamState } from './state-dict.ts'

/**
 * The memory that an optimizer holds from step to step, on devices whose memory is freed
 * by scopes: what is in a state is held, what was replaced there is let go of.
 */
export class HeldState {
  readonly #held = new WeakMap<Tensor, readonly Storage[]>()

  hold(parameter: Tensor, state: Readonly<ParamState>): void {
    if (!parameter.device.keep) return
    const before = this.#held.get(parameter) ?? []
    const now = storagesOf(state)
    for (const storage of now) if (!before.includes(storage)) storage.keep()
    for (const storage of before) if (!now.includes(storage)) storage.release()
    this.#held.set(parameter, now)
  }
}

function storagesOf(state: Readonly<ParamState>): Storage[] {
  return Object.values(state).flatMap((value) =>
    value instanceof Tensor ? [value.array.storage] : [],
  )
}
