import { device, tensor, training } from 'deepdive'
import { answers, makeJob } from './xor.js'

const wishes = {
  async train() {
    const { model, options } = makeJob()
    for await (const event of training(model, options)) postMessage(event)
    return { answers: answers(model) }
  },

  async compute() {
    const gpu = await device('webgpu')
    const x = tensor([
      [1, 2],
      [3, 4],
    ]).to(gpu)
    const product = await x.matmul(x).cpu()
    return { device: gpu.name, product: product.toArray() }
  },
}

self.onmessage = async ({ data: wish }) => {
  const result = await wishes[wish]().catch(({ message }) => ({ error: message }))
  postMessage({ type: 'done', ...result })
}
