/// <reference lib="esnext.disposable" preserve="true" />
import type { Frame } from './frame.ts'
import { closeFrame, openFrame } from './open-frames.ts'

/** `Symbol.dispose`, under the name that compilers give it where an engine has none. */
const dispose: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for('Symbol.dispose')

/**
 * An open scope, which `using` ends at the end of the block.
 *
 * @example
 * const frame = scope()
 * const loss = frame.keep(tensor([1, 2]).square().sum())
 * frame.end()
 * loss.item() // → 5
 */
export class Scope {
  readonly #frame: Frame

  constructor(frame: Frame) {
    this.#frame = frame
  }

  /**
   * Lets what is in `value` live on: as if it were returned, it goes to the scope
   * around.
   *
   * @example
   * using frame = scope()
   * frame.keep({ loss: tensor(1) }) // → { loss: tensor(1.) }
   */
  keep<Value>(value: Value): Value {
    this.#frame.return(value)
    return value
  }

  /**
   * Frees what was made since the scope was opened; nothing, the second time.
   *
   * @example
   * scope().end() // → undefined
   */
  end(): void {
    closeFrame(this.#frame)
  }

  [dispose](): void {
    this.end()
  }
}

/**
 * Frees what is made inside, on a device that must be told to, as `webgpu`: when `fn`
 * is done, or has thrown, or without `fn` when the block of `using` ends. What `fn`
 * returns lives on in the scope around: tensors and arrays, also inside of lists, maps
 * and objects, but not in functions and private fields, which nobody can look into; if
 * a gradient can still go back from one of them, all that its graph needs does as well.
 * So does what an owner holds: a module its parameters, a parameter its gradient, an
 * optimizer its state; and what `keep` was told.
 *
 * An asynchronous `fn` may `await`: the scope ends when its promise settles. While
 * several such scopes are open at once, nobody knows whose is what they make after an
 * `await`: that is left to the garbage collector. The `cpu` has no use for scopes, and
 * ignores them.
 *
 * @example
 * const mean = scope(() => tensor([1, 2, 3]).square().mean())
 * mean // → tensor(4.6667)
 */
export function scope(): Scope
export function scope<Result>(
  fn: (frame: Scope) => PromiseLike<Result>,
): Promise<Result>
export function scope<Result>(fn: (frame: Scope) => Result): Result
export function scope(fn?: (frame: Scope) => unknown): unknown {
  const frame = openFrame()
  const handle = new Scope(frame)
  return fn ? run(frame, () => fn(handle)) : handle
}

function run(frame: Frame, fn: () => unknown): unknown {
  let result: unknown
  try {
    result = fn()
    frame.return(result)
  } finally {
    if (isPromise(result)) frame.state = 'away'
    else closeFrame(frame)
  }
  return isPromise(result) ? finish(frame, result) : result
}

/** Of whatever kind: what `await` waits for has a method `then`. */
function isPromise(value: unknown): value is PromiseLike<unknown> {
  if (typeof value !== 'object' || value === null) return false
  return 'then' in value && typeof value.then === 'function'
}

async function finish(frame: Frame, promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    const result = await promise
    frame.return(result)
    return result
  } finally {
    closeFrame(frame)
  }
}
