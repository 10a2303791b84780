import { formatTable } from '@deepdive/tensor'
import type { ClockKind, Run } from './clock.ts'
import { traceOf } from './trace.ts'

/** All runs of an operation, in one layer if these are told apart. */
export interface OperationTime {
  readonly operation: string
  /** '' outside of all layers. */
  readonly layer: string
  readonly calls: number
  readonly ms: number
  /** The part of the time of all operations. */
  readonly share: number
}

/**
 * What took how long, the longest first.
 *
 * @example
 * const report = await profile(() => ones([512, 512]).matmul(ones([512, 512])))
 * report.clock // → processor
 * report.operations[0].operation // → matmul
 */
export class ProfileReport {
  /** The name of the device. */
  readonly device: string
  /** How time was measured. */
  readonly clock: ClockKind
  /** How long the function took, until the device had finished, in milliseconds. */
  readonly ms: number
  readonly operations: readonly OperationTime[]
  readonly #runs: readonly Run[]

  constructor(device: string, clock: ClockKind, ms: number, runs: readonly Run[]) {
    this.device = device
    this.clock = clock
    this.ms = ms
    this.operations = summarized(runs)
    this.#runs = runs
  }

  /**
   * A table with a line for each operation, the longest first.
   *
   * @example
   * const report = await profile(() => ones([2]).add(ones([2])))
   * report.toString().split('\n')[1].slice(0, 9) // → operation
   */
  toString(): string {
    const { device, clock, ms, operations } = this
    const sum = (each: (operation: OperationTime) => number) =>
      operations.reduce((total, operation) => total + each(operation), 0)
    const title =
      `${device}: ${sum((each) => each.ms).toFixed(2)} ms in ` +
      `${sum(({ calls }) => calls)} operations, of ${ms.toFixed(2)} ms in all ` +
      `(${explained[clock]})`
    const rows = operations.map((each) => [
      each.layer,
      each.operation,
      String(each.calls),
      each.ms.toFixed(3),
      `${(100 * each.share).toFixed(1)} %`,
    ])
    const columns = ['layer', 'operation', 'calls', 'ms', 'share']
    // Where no layers are told apart, their column is left out.
    const from = operations.some(({ layer }) => layer !== '') ? 0 : 1
    const [header, ...lines] = [columns, ...rows].map((row) => row.slice(from))
    const right = [2 - from, 3 - from, 4 - from]
    return `${title}\n${formatTable(header, lines, { right })}`
  }

  /** What Node's console.log shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }

  /**
   * All runs as a trace in Chrome's format, to be written to a file, as by `await
   * writeFile('trace.json', report.trace())`, and looked at in `chrome://tracing` or
   * https://ui.perfetto.dev.
   *
   * @example
   * const report = await profile(() => ones([2]).exp())
   * JSON.parse(report.trace()).traceEvents.at(-1).name // → exp
   */
  trace(): string {
    return traceOf(this.device, this.#runs)
  }
}

const explained: Readonly<Record<ClockKind, string>> = {
  processor: "by the processor's clock",
  timestamps: 'by timestamps of the GPU',
  waiting: 'by waiting for each, as this GPU has no timestamps: short ones seem longer',
}

function summarized(runs: readonly Run[]): OperationTime[] {
  const total = runs.reduce((sum, { ms }) => sum + ms, 0)
  const operations = new Map<string, OperationTime>()
  for (const { operation, layer, ms } of runs) {
    const key = `${layer} ${operation}`
    const before = operations.get(key) ?? { calls: 0, ms: 0 }
    const sum = before.ms + ms
    const share = total === 0 ? 0 : sum / total
    operations.set(key, { operation, layer, calls: before.calls + 1, ms: sum, share })
  }
  return [...operations.values()].sort((a, b) => b.ms - a.ms)
}
