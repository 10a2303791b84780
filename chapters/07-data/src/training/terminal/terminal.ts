/** Where training shows how it goes. */
export interface Terminal {
  /** How wide lines may be that are drawn over; undefined where none can be. */
  readonly columns: number | undefined
  /** Shows a line in place of the one that was drawn last. */
  draw(line: string): void
  /** Writes a line that stays, in place of what was drawn. */
  print(line: string): void
  /** Calls `listener` at Ctrl-C, once, in place of ending the process at once. */
  onInterrupt(listener: () => void): () => void
  /** Ends the process as Ctrl-C does that nobody waits for. */
  interrupt(): void
}
