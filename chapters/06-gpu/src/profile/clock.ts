/** One run of an operation. */
export interface Run {
  /** `matmul`, `add`: the name of the kernel, or of what it computes. */
  readonly operation: string
  /** The path of the layer whose `forward` asked for it; '' outside of all. */
  readonly layer: string
  /** When it began, in milliseconds since the first one. */
  readonly start: number
  /** How long it took, in milliseconds. */
  readonly ms: number
}

/** Measures what a device does until it is stopped. */
export interface Clock {
  /** How it measures. */
  readonly kind: ClockKind
  /** The runs since it was made, in their order, when the device has finished them. */
  stop(): Promise<Run[]>
}

/**
 * `processor`: each kernel, by the processor that runs it. `timestamps`: the GPU notes
 * when it begins and ends. `waiting`: each goes to the GPU alone, and the processor
 * notes when it hears of its end; what is short seems longer so.
 */
export type ClockKind = 'processor' | 'timestamps' | 'waiting'
