import { data, fit, load, save } from 'deepdive'
import 'deepdive/simd'
import * as functional from '@deepdive/nn/functional'
import { answers, makeJob } from './xor.js'

const { model, options } = makeJob()
const history = await fit(model, options)
await save(model, 'xor.safetensors')

const { model: other } = makeJob()
other.loadStateDict(await load('xor.safetensors'))
const loader = new data.DataLoader(data.Dataset.from([1, 2, 3]), { batchSize: 2 })
const sizes = []
for await (const batch of loader) sizes.push(batch.numel())
const hub = await data.huggingFace('ylecun/mnist').catch(({ message }) => message)
console.log(
  JSON.stringify({
    answers: answers(other),
    epochs: history.epochs.length,
    sizes,
    loss: typeof functional.crossEntropy,
    hub,
  }),
)
