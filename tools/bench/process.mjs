import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Of the libraries below a peer, each reads a variable of its own; all mean: one thread. */
const oneThread = {
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
}

/**
 * A peer in a process of its own: `hello` is its first answer, `ask(order)` gives it an
 * order and waits for the answer to it, `stop()` ends it.
 */
export async function startProcess([program, ...args]) {
  const child = spawn(program, args, {
    cwd: fileURLToPath(new URL('./', import.meta.url)),
    env: { ...process.env, ...oneThread },
  })
  let complaints = ''
  child.stderr.on('data', (text) => {
    complaints = (complaints + text).slice(-2000)
  })
  // A process that ended cannot be written to; `answer` is what reports that.
  child.stdin.on('error', () => {})
  const ended = new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code, signal) => resolve(`ended with ${signal ?? code}`))
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()

  async function answer() {
    const { value, done } = await lines.next()
    if (done) throw new Error(`${await ended}\n${complaints}`.trim())
    const said = JSON.parse(value)
    if (said.error !== undefined) throw new Error(said.error)
    return said
  }

  return {
    hello: await answer(),
    ask(order) {
      child.stdin.write(`${JSON.stringify(order)}\n`)
      return answer()
    },
    stop() {
      child.stdin.end()
      child.kill()
      return ended
    },
  }
}
