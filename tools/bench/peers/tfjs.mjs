// TensorFlow.js with one of its backends, which the command line names: cpu or wasm.
import * as tf from '@tensorflow/tfjs'
import '@tensorflow/tfjs-backend-wasm'
import { serve } from '../measure.mjs'
import { network, numbers } from '../numbers.mjs'

await tf.setBackend(process.argv[2])
tf.enableProdMode()

const read = (result) => result.dataSync()
const free = (result) => result.dispose()

const matrix = (shape, seed) => tf.tensor(numbers(shape[0] * shape[1], { seed }), shape)

serve(tf.version_core, {
  matmul({ size }) {
    const a = matrix([size, size], 1)
    const b = matrix([size, size], 2)
    return { run: () => tf.matMul(a, b), read, free }
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
    const adam = tf.train.adam(1e-3)
    let step = 0
    const run = () => {
      const target = targets[step++ % targets.length]
      const loss = () => tf.losses.softmaxCrossEntropy(target, forward())
      const value = adam.minimize(loss, true)
      const [number] = value.dataSync()
      value.dispose()
      return number
    }
    return { run, read: (loss) => [loss] }
  },
})
