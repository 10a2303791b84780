import { ValueError } from '@deepdive/tensor'

/**
 * The result of a function that ran in a mode of its own, refusing a promise: whatever
 * it still has to do would run in the mode around.
 */
export function finished<Result>(mode: string, result: Result): Result {
  if (!isPromise(result)) return result
  result.then(undefined, () => {})
  throw new ValueError(
    `${mode}: the function is asynchronous, so it would go on in the wrong mode: wrap ` +
      'each part between awaits on its own',
  )
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  const then = typeof value === 'object' && value !== null && 'then' in value
  return then && typeof value.then === 'function'
}
