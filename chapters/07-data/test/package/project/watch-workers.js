/** From now on, each worker that is started, and what it is sent at first. */
export function watchWorkers() {
  const started = []
  const { Worker } = globalThis
  globalThis.Worker = class extends Worker {
    sent

    constructor(...args) {
      super(...args)
      started.push(this)
    }

    postMessage(message, ...rest) {
      this.sent ??= message
      super.postMessage(message, ...rest)
    }
  }
  return { started }
}
