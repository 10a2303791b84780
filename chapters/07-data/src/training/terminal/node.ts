import type { Terminal } from './terminal.ts'

/** To the start of the line, and clear it. */
const clear = '\r\x1b[K'

/** The terminal that a Node process writes to, or a file in its place. */
export const terminal: Terminal = {
  get columns() {
    const { isTTY, columns } = process.stdout
    return isTTY ? columns || 80 : undefined
  },
  draw: (line) => {
    process.stdout.write(`${clear}${line}`)
  },
  print: (line) => {
    process.stdout.write(`${process.stdout.isTTY ? clear : ''}${line}\n`)
  },
  onInterrupt: (listener) => {
    process.once('SIGINT', listener)
    return () => process.off('SIGINT', listener)
  },
  interrupt: () => {
    process.kill(process.pid, 'SIGINT')
  },
}
