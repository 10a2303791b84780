import { checkNumbers } from '@deepdive/tensor'
import { cores } from '#worker'
import type { Simd } from '../simd/instance.ts'
import { NoRoom } from '../simd/scratch.ts'
import { supportsSimd } from '../simd/support.ts'
import { LostWorker, type Pool, startPool } from './pool.ts'

/** More than any machine has, and no more calls than a pool takes at a time. */
const mostThreads = 64

/** Without compiled kernels, or memory that threads share, there is one thread. */
const shares = supportsSimd() && typeof SharedArrayBuffer === 'function'

let threads = shares ? Math.min(cores, mostThreads) : 1
let pool: Pool | null = null

/**
 * On how many threads the `cpu` computes what is large: as many as the machine has cores,
 * unless said. It is 1 where threads cannot share memory, as in a page that is not
 * cross-origin isolated.
 *
 * @example
 * setNumThreads(1)
 * getNumThreads() // → 1
 */
export function getNumThreads(): number {
  return threads
}

/**
 * Sets on how many threads the `cpu` computes what is large. Results are the same, to the
 * last bit, for any number. Where threads cannot share memory, there is one all the same.
 *
 * @throws ValueError where n is no whole number from 1 to 64.
 * @example
 * setNumThreads(2)
 * setNumThreads(0) // throws ValueError: setNumThreads: n is 0: it must be a whole number from 1 to 64
 */
export function setNumThreads(n: number): void {
  checkNumbers(
    'setNumThreads',
    { n },
    `a whole number from 1 to ${mostThreads}`,
    (n) => Number.isInteger(n) && n >= 1 && n <= mostThreads,
  )
  endPool()
  threads = shares ? n : 1
}

/** Computes on all threads if there are several, else on `one`. */
export function onThreads(one: Simd, compute: (simd: Simd) => void): void {
  const all = threads > 1 ? poolOrNone() : null
  if (!all) {
    compute(one)
    return
  }
  try {
    compute(all)
  } catch (error) {
    // What a worker may still compute ends in a memory that nobody reads any more.
    endPool()
    if (error instanceof LostWorker) threads = 1
    else if (!(error instanceof NoRoom)) throw error
    compute(one)
  }
}

/** A page may forbid workers, or have no room for another memory. */
function poolOrNone(): Pool | null {
  try {
    pool ??= startPool(threads)
  } catch {
    threads = 1
  }
  return pool
}

function endPool(): void {
  pool?.end()
  pool = null
}
