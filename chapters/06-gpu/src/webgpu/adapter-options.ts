/** Which of several adapters is meant. */
export interface AdapterOptions {
  /** Save energy, or compute fast. Default: `'high-performance'`. */
  readonly powerPreference?: 'low-power' | 'high-performance'
  /** A part of the adapter's name, in Node only. Default: the first that fits. */
  readonly adapter?: string
}
