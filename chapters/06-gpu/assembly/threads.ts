// Threads that share a memory share out calls, whose records lie there as well:
//
//     control    tickets   how many calls there are (upper 16 bits), and how many of
//                          them somebody has taken
//            +4  done      how many have been computed
//          +128  records   128 bytes each, one for each call
//
// To take a call is to count it as taken, in one step that no other thread can come
// between; so nobody waits for those who sleep, or have not started yet.

/** Makes the call of a record, which JavaScript can read: see `src/simd/instance.ts`. */
declare function perform(record: i32): void

/** One more call, in the upper half of the tickets. */
const ONE_CALL: i32 = 1 << 16

/** So many looks at what has not changed, some 30 µs, before a thread goes to sleep. */
const LOOKS: i32 = 100_000

/** A worker's whole life. */
export function work(control: i32): void {
  for (;;) {
    help(control)
    const tickets = atomic.load<i32>(control)
    if (isOpen(tickets) || changes(control, tickets)) continue
    atomic.wait<i32>(control, tickets)
  }
}

/** Offers the call of the next record to all threads. */
export function offer(control: i32): void {
  atomic.add<i32>(control, ONE_CALL)
  atomic.notify(control)
}

/** Takes calls and computes them until all are taken. */
export function help(control: i32): void {
  for (;;) {
    const tickets = atomic.load<i32>(control)
    if (!isOpen(tickets)) return
    if (atomic.cmpxchg<i32>(control, tickets, tickets + 1) !== tickets) continue
    perform(control + 128 * (1 + (tickets & 0xffff)))
    atomic.add<i32>(control + 4, 1)
    atomic.notify(control + 4)
  }
}

/**
 * Waits until so many calls are done, and makes room for others. Gives 1, or 0 if this
 * takes more than so many nanoseconds after the last one; with none, it does not sleep.
 */
export function finish(control: i32, calls: i32, nanoseconds: f64): i32 {
  let done = atomic.load<i32>(control + 4)
  while (done !== calls) {
    if (!changes(control + 4, done)) {
      if (nanoseconds === 0) return 0
      const slept = atomic.wait<i32>(control + 4, done, <i64>nanoseconds)
      if (slept === AtomicWaitResult.TIMED_OUT) return 0
    }
    done = atomic.load<i32>(control + 4)
  }
  atomic.store<i32>(control + 4, 0)
  atomic.store<i32>(control, 0)
  return 1
}

function isOpen(tickets: i32): bool {
  return (tickets & 0xffff) < tickets >>> 16
}

function changes(address: i32, seen: i32): bool {
  for (let look = 0; look < LOOKS; look++) {
    if (atomic.load<i32>(address) !== seen) return true
  }
  return false
}
