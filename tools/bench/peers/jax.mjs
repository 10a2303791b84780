// jax-js, every function compiled by jit, on WebAssembly or on what the command line says:
// webgpu. An array belongs to the function it is passed to; `.ref` passes it and keeps it.
// A second word, `whole`, is for steps of training alone, each compiled as a whole.
import { readFileSync } from 'node:fs'
import {
  defaultDevice,
  grad,
  init,
  jit,
  lax,
  nn,
  numpy as np,
  valueAndGrad,
} from '@jax-js/jax'
import { serve } from '../measure.mjs'
import { filled, network, numbers, weightsOf } from '../numbers.mjs'

const backend = process.argv[2] ?? 'wasm'
if (backend === 'webgpu') await import('./dawn.mjs')
await init(backend)
defaultDevice(backend)

const manifest = new URL('../node_modules/@jax-js/jax/package.json', import.meta.url)
const { version } = JSON.parse(readFileSync(manifest, 'utf8'))

const whole = process.argv[3] === 'whole'

const read = (result) => result.ref.data()
const free = (result) => result.dispose()

const matrix = (shape, seed) =>
  np.array(numbers(shape[0] * shape[1], { seed })).reshape(shape)

/** Calls a compiled function on arguments that stay alive, and waits until it is done. */
const runs = (f, ...args) => {
  const compiled = jit(f)
  return {
    run: () => compiled(...args.map((each) => each.ref)).blockUntilReady(),
    read,
    free,
  }
}

const peer = {
  matmul: ({ size }) =>
    runs((a, b) => np.matmul(a, b), matrix([size, size], 1), matrix([size, size], 2)),
  add: ({ shape }) => runs((a, b) => a.add(b), matrix(shape, 1), matrix(shape, 2)),
  exp: ({ shape }) => runs((a) => np.exp(a), matrix(shape, 1)),
  softmax: ({ shape }) => runs((a) => nn.softmax(a, 1), matrix(shape, 1)),
  conv: ({ images, filters }) =>
    runs(
      (x, weight) => lax.conv(x, weight, [1, 1], 'SAME'),
      np.array(filled(images, { seed: 1 })).reshape(images),
      np.array(weightsOf(filters, 2)).reshape(filters),
    ),
  tiny() {
    const f = (x) => np.sum(x.ref.mul(x.ref).add(x.ref).mul(x))
    return runs(grad(f), np.array(numbers(4)))
  },
  /**
   * jit compiles the loss and its gradient, and the operations of Adam come after it, one
   * by one, as on jax-js's own page for MNIST. The package itself brings no optimizer, so
   * that Adam is written out here (Kingma & Ba 2015).
   */
  mlp(work) {
    const { images, labels, layers } = network(work)
    const x = np.array(images).reshape([work.batch, work.sizes[0]])
    const targets = labels.map((each) => nn.oneHot(np.array(each), work.sizes.at(-1)))
    const start = layers.flatMap(({ inputs, outputs, weight, bias }) => [
      np.transpose(np.array(weight).reshape([outputs, inputs])),
      np.array(bias),
    ])

    const forward = ([w1, b1, w2, b2, w3, b3], x) => {
      const h1 = nn.relu(np.matmul(x, w1).add(b1))
      const h2 = nn.relu(np.matmul(h1, w2).add(b2))
      return np.matmul(h2, w3).add(b3)
    }
    const loss = (weights, x, target) =>
      np.sum(nn.logSoftmax(forward(weights, x), 1).mul(target)).mul(-1 / work.batch)

    const adam = (weight, gradient, mean, square, rate, correction) => {
      const m = mean.mul(0.9).add(gradient.ref.mul(0.1))
      const v = square.mul(0.999).add(gradient.ref.mul(gradient).mul(0.001))
      const scale = np.sqrt(v.ref.mul(correction)).add(1e-8)
      return [weight.sub(m.ref.mul(rate).div(scale)), m, v]
    }

    const stepBy = (lossAndGradient) => (state, x, target, rate, correction) => {
      const weights = state.map(([weight]) => weight.ref)
      const [value, gradients] = lossAndGradient(weights, x, target)
      const next = state.map(([weight, mean, square], i) =>
        adam(weight, gradients[i], mean, square, rate.ref, correction.ref),
      )
      rate.dispose()
      correction.dispose()
      return [value, next]
    }
    const update = whole
      ? jit(stepBy(valueAndGrad(loss)))
      : stepBy(jit(valueAndGrad(loss)))

    let state = start.map((weight) => {
      return [weight, np.zeros(weight.shape), np.zeros(weight.shape)]
    })
    let step = 0
    const run = async () => {
      const target = targets[step++ % targets.length]
      const rate = np.array(1e-3 / (1 - 0.9 ** step))
      const correction = np.array(1 / (1 - 0.999 ** step))
      const [value, next] = update(state, x.ref, target.ref, rate, correction)
      state = next
      return (await value.data())[0]
    }
    return { run, read: (value) => [value] }
  },
}

serve(version, whole ? { mlp: peer.mlp } : peer)
