import type { Terminal } from './terminal.ts'

/** A page's console: whole lines, and nobody interrupts. */
export const terminal: Terminal = {
  columns: undefined,
  draw: () => {},
  print: (line) => console.log(line),
  onInterrupt: () => () => {},
  interrupt: () => {},
}
