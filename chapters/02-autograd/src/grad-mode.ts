import { finished } from './finished.ts'

let recording = true

/**
 * Whether operations remember what they were applied to.
 *
 * @example
 * isGradEnabled() // → true
 * noGrad(() => isGradEnabled()) // → false
 */
export function isGradEnabled(): boolean {
  return recording
}

/**
 * Runs `fn` without recording: what it makes has no gradient and costs no memory.
 *
 * @throws ValueError where `fn` is asynchronous: the rest of it would run recorded.
 * @example
 * const x = tensor(2, { requiresGrad: true })
 * noGrad(() => x.mul(3)).requiresGrad // → false
 */
export function noGrad<Result>(fn: () => Result): Result {
  return withRecording(false, fn)
}

/**
 * Runs `fn` with recording on, inside a `noGrad` too.
 *
 * @example
 * const x = tensor(2, { requiresGrad: true })
 * noGrad(() => enableGrad(() => x.mul(3))).requiresGrad // → true
 */
export function enableGrad<Result>(fn: () => Result): Result {
  return withRecording(true, fn)
}

function withRecording<Result>(mode: boolean, fn: () => Result): Result {
  const before = recording
  recording = mode
  try {
    return finished(mode ? 'enableGrad' : 'noGrad', fn())
  } finally {
    recording = before
  }
}
