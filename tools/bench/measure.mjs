// What runs inside the process of a peer written in JavaScript: it reads orders, a line
// of JSON each, from its input, and answers each with a line. measure.py is its twin.
import { createInterface } from 'node:readline'

/**
 * Serves one peer. `works` has a function for each kind of work, which takes the item
 * and prepares it: `{ run, read, free }`. `run()` does the work once and gives its
 * result, `read(result)` the result's numbers, and `free(result)` its memory back,
 * where the peer asks for that.
 */
export async function serve(version, works) {
  const say = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`)
  console.log = console.error
  say({ version, kinds: Object.keys(works) })
  let job
  for await (const line of createInterface({ input: process.stdin })) {
    const order = JSON.parse(line)
    try {
      if (order.prepare) {
        job = await works[order.prepare.kind](order.prepare)
        say({ sample: await sample(job) })
      } else {
        say({ seconds: await median(job, order.round) })
      }
    } catch (error) {
      say({ error: String(error) })
    }
  }
}

/** Eight numbers of a first result, by which the peers are compared. */
async function sample({ run, read, free }) {
  const result = await run()
  const values = await read(result)
  free?.(result)
  return Array.from({ length: 8 }, (_, i) =>
    Number(values[Math.floor((i * (values.length - 1)) / 7)]),
  )
}

/**
 * The median time of a run, in seconds, over about `budget` seconds; one run that takes
 * longer is all there is. Runs shorter than a millisecond are timed many at once, since
 * asking the clock takes time, too.
 */
async function median(job, budget) {
  const first = await time(job, 1)
  if (first >= budget) return first
  const together = Math.max(1, Math.ceil(1e-3 / first))
  const times = []
  for (let left = budget - first; left > 0; ) {
    const seconds = await time(job, together)
    times.push(seconds / together)
    left -= seconds
  }
  return middle(times)
}

async function time({ run, free }, count) {
  const start = performance.now()
  for (let i = 0; i < count; i++) {
    const result = run()
    // A peer that computes at once does not pay for waiting.
    const done = result instanceof Promise ? await result : result
    free?.(done)
  }
  return (performance.now() - start) / 1000
}

function middle(times) {
  const sorted = times.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}
