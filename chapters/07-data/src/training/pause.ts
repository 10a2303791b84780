/** How long a page or a terminal may be left alone, in milliseconds. */
const patience = 50

/**
 * Lets others have a turn when it is time: a page its clicks and pictures, Node its
 * signals and files. Promises alone never leave the current turn.
 */
export class Pause {
  #last = performance.now()

  async ifDue(): Promise<void> {
    if (performance.now() - this.#last < patience) return
    await nextTurn()
    this.#last = performance.now()
  }
}

/** Node says so by a name; browsers hold back timers by 4 ms, but no messages. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve)
      return
    }
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
