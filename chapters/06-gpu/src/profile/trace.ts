import type { Run } from './clock.ts'

/**
 * Runs in Chrome's trace format: complete events ("X") with microseconds, on one track
 * that has the device's name.
 */
export function traceOf(device: string, runs: readonly Run[]): string {
  const track = { pid: 1, tid: 1 }
  const name = { name: 'thread_name', ph: 'M', ...track, args: { name: device } }
  const events = runs.map(({ operation, layer, start, ms }) => ({
    name: operation,
    cat: 'operation',
    ph: 'X',
    ts: start * 1000,
    dur: ms * 1000,
    ...track,
    args: layer === '' ? {} : { layer },
  }))
  return JSON.stringify({ traceEvents: [name, ...events], displayTimeUnit: 'ms' })
}
