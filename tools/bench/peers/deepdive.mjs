// DeepDive, as a program that imports it writes it. (Plain JavaScript, since Node 20
// runs no TypeScript, and what would translate it on the way has a price of its own.)
import { tensor } from '@deepdive/autograd'
import { serve } from '../measure.mjs'
import { numbers } from '../numbers.mjs'

const flat = (result) => result.reshape([-1]).toArray()

const matrix = (shape, seed) => tensor(numbers(shape[0] * shape[1], { seed }), shape)

const fromSource = process.execArgv.includes('--conditions=deepdive-source')

serve(fromSource ? 'from source, run by tsx' : 'as built: compiled JavaScript', {
  matmul({ size }) {
    const a = matrix([size, size], 1)
    const b = matrix([size, size], 2)
    return { run: () => a.matmul(b), read: flat }
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
})
