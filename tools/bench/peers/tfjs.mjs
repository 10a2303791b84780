// TensorFlow.js with one of its backends, which the command line names: cpu, wasm or webgpu.
import * as tf from '@tensorflow/tfjs'
import '@tensorflow/tfjs-backend-wasm'
import { serve } from '../measure.mjs'
import { filled, labelsOf, network, numbers, weightsOf } from '../numbers.mjs'

const backend = process.argv[2]
if (backend === 'webgpu') {
  await import('./dawn.mjs')
  await import('@tensorflow/tfjs-backend-webgpu')
}
await tf.setBackend(backend)
tf.enableProdMode()

const read = (result) => result.data()
const free = (result) => result.dispose()

/** On a GPU work goes on after the call: a figure must wait for its end. */
function done(result) {
  if (backend !== 'webgpu') return result
  tf.backend().submitQueue()
  return tf
    .backend()
    .device.queue.onSubmittedWorkDone()
    .then(() => result)
}

const matrix = (shape, seed) => tf.tensor(numbers(shape[0] * shape[1], { seed }), shape)

const works = {
  matmul({ size }) {
    const a = matrix([size, size], 1)
    const b = matrix([size, size], 2)
    return { run: () => done(tf.matMul(a, b)), read, free }
  },
  add({ shape }) {
    const a = matrix(shape, 1)
    const b = matrix(shape, 2)
    return { run: () => tf.add(a, b), read, free }
  },
  exp({ shape }) {
    const a = matrix(shape, 1)
    return { run: () => tf.exp(a), read, free }
  },
  softmax({ shape }) {
    const a = matrix(shape, 1)
    return { run: () => tf.softmax(a), read, free }
  },
  tiny() {
    const x = tf.tensor(numbers(4))
    const gradient = tf.grad((x) => tf.sum(tf.mul(tf.add(tf.mul(x, x), x), x)))
    return { run: () => tf.tidy(() => gradient(x)), read, free }
  },
  mlp(work) {
    const { images, labels, layers } = network(work)
    const classes = work.sizes.at(-1)
    const x = tf.tensor(images, [work.batch, work.sizes[0]])
    const targets = labels.map((each) => tf.oneHot(tf.tensor1d(each, 'int32'), classes))
    const weights = layers.map(({ inputs, outputs, weight }) =>
      tf.variable(tf.transpose(tf.tensor(weight, [outputs, inputs]))),
    )
    const biases = layers.map(({ bias }) => tf.variable(tf.tensor(bias)))
    const forward = () =>
      weights.reduce((a, weight, i) => {
        const z = tf.add(tf.matMul(a, weight), biases[i])
        return i < weights.length - 1 ? tf.relu(z) : z
      }, x)
    return { run: trainingStep(targets, forward), read: (loss) => [loss] }
  },
  conv({ images, filters }) {
    const x = imagesLast(filled(images, { seed: 1 }), images)
    const weight = filtersLast(weightsOf(filters, 2), filters)
    const run = () => tf.conv2d(x, weight, 1, 'same')
    return { run, read: (y) => tf.transpose(y, [0, 3, 1, 2]).data(), free }
  },
  cnn(work) {
    const x = imagesLast(filled(work.images, { seed: 1 }), work.images)
    const targets = labelsOf(work).map((each) =>
      tf.oneHot(tf.tensor1d(each, 'int32'), work.classes),
    )
    const blocks = work.filters.map((shape, seed) => block(shape, seed))
    const weight = tf.variable(tf.tensor(weightsOf(work.weights, 2), work.weights))
    const bias = tf.variable(tf.zeros([work.classes]))
    const forward = () => {
      const y = tf.transpose(
        blocks.reduce((y, apply) => apply(y), x),
        [0, 3, 1, 2],
      )
      return tf.add(
        tf.matMul(tf.reshape(y, [work.batch, -1]), weight, false, true),
        bias,
      )
    }
    return { run: trainingStep(targets, forward), read: (loss) => [loss] }
  },
}

// On wasm TensorFlow.js has no gradient of a convolution's filters: it cannot train one.
if (backend === 'wasm') delete works.cnn

serve(tf.version_core, works)

/** TensorFlow.js has the channels last, of images and of filters. */
function imagesLast(values, shape) {
  return tf.transpose(tf.tensor(values, shape), [0, 2, 3, 1])
}

function filtersLast(values, shape) {
  return tf.transpose(tf.tensor(values, shape), [2, 3, 1, 0])
}

/** Convolution, batch normalisation by the batch's own statistics, ReLU and pooling. */
function block(filters, seed) {
  const channels = filters[0]
  const weight = tf.variable(filtersLast(weightsOf(filters, seed), filters))
  const bias = tf.variable(tf.zeros([channels]))
  const scale = tf.variable(tf.ones([channels]))
  const offset = tf.variable(tf.zeros([channels]))
  return (x) => {
    const y = tf.add(tf.conv2d(x, weight, 1, 'same'), bias)
    const { mean, variance } = tf.moments(y, [0, 1, 2])
    const normal = tf.batchNorm(y, mean, variance, offset, scale, 1e-5)
    return tf.maxPool(tf.relu(normal), 2, 2, 'valid')
  }
}

/** A step of Adam, by default on all variables that the loss depends on. */
function trainingStep(targets, forward) {
  const adam = tf.train.adam(1e-3)
  let step = 0
  return () => {
    const target = targets[step++ % targets.length]
    const loss = () => tf.losses.softmaxCrossEntropy(target, forward())
    const value = adam.minimize(loss, true)
    if (backend === 'webgpu') return value.data().then(([number]) => number)
    const [number] = value.dataSync()
    value.dispose()
    return number
  }
}
