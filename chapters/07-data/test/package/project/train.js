import { fit } from 'deepdive'
import { answers, makeJob } from './xor.js'

/** What a network says that this page has trained. */
export async function train() {
  const { model, options } = makeJob()
  await fit(model, options)
  return answers(model)
}

/** What one says that a Web Worker has trained, and how many steps it has told of. */
export async function trainInWorker() {
  const events = await hear('train')
  const steps = events.filter(({ type }) => type === 'step').length
  return { steps, answers: events.at(-1).answers }
}

/** What a GPU computes for a Web Worker. */
export async function computeInWorker() {
  const [{ type, ...found }] = await hear('compute')
  return found
}

/** All that a worker has to say of what it is asked for; the last one says so. */
function hear(wish) {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })
  const events = []
  return new Promise((resolve, reject) => {
    worker.onerror = ({ message }) => reject(new Error(message))
    worker.onmessage = ({ data: event }) => {
      events.push(event)
      if (event.type !== 'done') return
      worker.terminate()
      resolve(events)
    }
    worker.postMessage(wish)
  })
}
