// DeepDive, as a program that imports it writes it. (Plain JavaScript, since Node 20
// runs no TypeScript, and what would translate it on the way has a price of its own.)
// The command line names how it computes: `simd`, by the kernels of chapter 6 on one
// thread; `threads`, by the same on all; `plain`, by the loops of chapters 1 to 5; or
// `webgpu`, on the GPU.
import { tensor } from '@deepdive/autograd'
import { BatchNorm2d, Conv2d, functional, MaxPool2d } from '@deepdive/conv'
import { functional as F, Flatten, Linear, ReLU, Sequential } from '@deepdive/nn'
import { Adam } from '@deepdive/optim'
import { setDefaultDevice } from '@deepdive/tensor'
import { serve } from '../measure.mjs'
import { filled, labelsOf, network, numbers, weightsOf } from '../numbers.mjs'

const how = process.argv[2]
const gpu = how === 'plain' ? null : await import('@deepdive/gpu')
if (how === 'simd') gpu.setNumThreads(1)
const card = how === 'webgpu' ? await gpu.device('webgpu') : null
if (card) setDefaultDevice(card)

const flat = async (result) => (await result.cpu()).flatten().toTypedArray()
const free = ({ array: { device, storage } }) => device.free(storage)

/** On a GPU work goes on after the call: a figure must wait for its end. */
const finished = (compute) => {
  if (!card) return compute
  return async () => {
    const result = compute()
    await card.synchronize()
    return result
  }
}

const matrix = (shape, seed) => tensor(numbers(shape[0] * shape[1], { seed }), shape)

/** A layer with its first weights, and the ReLU behind it. */
function start({ inputs, outputs, weight, bias }) {
  const layer = new Linear(inputs, outputs)
  layer.loadStateDict({
    weight: tensor(weight, [outputs, inputs]),
    bias: tensor(bias, [outputs]),
  })
  return [layer, new ReLU()]
}

const fromSource = process.execArgv.includes('--conditions=deepdive-source')

const names = {
  simd: 'one thread',
  threads: 'on all threads',
  plain: 'without chapter 6',
  webgpu: `on ${card?.info.description}`,
}
const form = fromSource ? 'from source, run by tsx' : 'as built: compiled JavaScript'

serve(`${names[how]}, ${form}`, {
  matmul({ size }) {
    const a = matrix([size, size], 1)
    const b = matrix([size, size], 2)
    return { run: finished(() => a.matmul(b)), read: flat, free }
  },
  add({ shape }) {
    const a = matrix(shape, 1)
    const b = matrix(shape, 2)
    return { run: () => a.add(b), read: flat }
  },
  exp({ shape }) {
    const a = matrix(shape, 1)
    return { run: () => a.exp(), read: flat }
  },
  softmax({ shape }) {
    const a = matrix(shape, 1)
    return { run: () => a.softmax(1), read: flat }
  },
  tiny() {
    const x = tensor(numbers(4), [4], { requiresGrad: true })
    const run = () => x.mul(x).add(x).mul(x).sum().backward()
    return { run, read: () => flat(x.grad) }
  },
  mlp(work) {
    const { images, labels, layers } = network(work)
    const x = tensor(images, [work.batch, work.sizes[0]])
    const targets = labels.map((each) => tensor(each, [work.batch]))
    const model = new Sequential(...layers.flatMap(start).slice(0, -1))
    return { run: trainingStep(model, x, targets), read: (loss) => [loss] }
  },
  conv({ images, filters }) {
    const x = tensor(filled(images, { seed: 1 }), images)
    const weight = tensor(weightsOf(filters, 2), filters)
    return { run: () => functional.conv2d(x, weight, null, { padding: 1 }), read: flat }
  },
  cnn(work) {
    const x = tensor(filled(work.images, { seed: 1 }), work.images)
    const targets = labelsOf(work).map((each) => tensor(each, [work.batch]))
    const [first, second] = work.filters
    const model = new Sequential(
      ...block(first, 0),
      ...block(second, 1),
      new Flatten(),
      withWeights(new Linear(...work.weights.toReversed()), work.weights, 2),
    )
    return { run: trainingStep(model, x, targets), read: (loss) => [loss] }
  },
})

/** A convolution with its first weights, and what follows it. */
function block(filters, seed) {
  const [outputs, inputs, size] = filters
  const conv = new Conv2d(inputs, outputs, size, { padding: 1 })
  const layers = [new BatchNorm2d(outputs), new ReLU(), new MaxPool2d(2)]
  return [withWeights(conv, filters, seed), ...layers]
}

function withWeights(layer, shape, seed) {
  const weight = tensor(weightsOf(shape, seed), shape)
  layer.loadStateDict({ weight, bias: tensor(new Float32Array(shape[0]), [shape[0]]) })
  return layer
}

/** Zero the gradients, forward, loss, backward, step, and read the loss back. */
function trainingStep(model, x, targets) {
  const optimizer = new Adam(model.parameters())
  let step = 0
  const train = () => {
    optimizer.zeroGrad()
    const target = targets[step++ % targets.length]
    const loss = F.crossEntropy(model.forward(x), target)
    loss.backward()
    optimizer.step()
    return loss
  }
  if (!card) return () => train().item()
  return async () => {
    const loss = gpu.scope(train)
    const value = (await loss.cpu()).item()
    free(loss)
    return value
  }
}
