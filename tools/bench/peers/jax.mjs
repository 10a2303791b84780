// jax-js, every function compiled by jit, on WebAssembly or on what the command line says:
// webgpu. An array belongs to the function it is passed to; `.ref` passes it and keeps it.
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

serve(version, {
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
  /** Plain gradient descent stands for Adam here: jax-js brings no optimizer itself. */
  mlp(work) {
    const { images, labels, layers } = network(work)
    const x = np.array(images).reshape([work.batch, work.sizes[0]])
    const targets = labels.map((each) => nn.oneHot(np.array(each), work.sizes.at(-1)))
    let weights = layers.flatMap(({ inputs, outputs, weight, bias }) => [
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

    const update = jit((weights, x, target) => {
      const [value, gradients] = valueAndGrad(loss)(
        weights.map((each) => each.ref),
        x,
        target,
      )
      return [value, weights.map((each, i) => each.sub(gradients[i].mul(1e-3)))]
    })

    let step = 0
    const run = async () => {
      const target = targets[step++ % targets.length]
      const [value, next] = update(weights, x.ref, target.ref)
      weights = next
      return (await value.data())[0]
    }
    return { run, read: (value) => [value] }
  },
})
