// What tests call, by name, in a page of a bundle.
import { decodeInWorkers } from './pictures.js'
import { computeOnThreads } from './threads.js'
import { computeInWorker, train, trainInWorker } from './train.js'

globalThis.tasks = {
  computeInWorker,
  computeOnThreads,
  decodeInWorkers,
  train,
  trainInWorker,
}
