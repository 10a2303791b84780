// How long programs wait for their library: from its import, all of its packages at once,
// to its first product, in a process that does nothing else.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** By the id of a peer, what its program does until it has the numbers. */
const programs = {
  deepdive: `
    const chapters = ['tensor', 'autograd', 'nn', 'optim', 'conv', 'gpu']
    const [{ ones }] = await Promise.all(chapters.map((name) => import('@deepdive/' + name)))
    ones([64, 64]).matmul(ones([64, 64])).toTypedArray()`,
  'tfjs-wasm': `
    const [tf] = await Promise.all(
      ['tfjs', 'tfjs-backend-wasm'].map((name) => import('@tensorflow/' + name)))
    await tf.setBackend('wasm')
    await tf.matMul(tf.ones([64, 64]), tf.ones([64, 64])).data()`,
  'tfjs-cpu': `
    const tf = await import('@tensorflow/tfjs')
    await tf.setBackend('cpu')
    await tf.matMul(tf.ones([64, 64]), tf.ones([64, 64])).data()`,
  'jax-js': `
    const { init, defaultDevice, numpy } = await import('@jax-js/jax')
    await init('wasm')
    defaultDevice('wasm')
    await numpy.matmul(numpy.ones([64, 64]), numpy.ones([64, 64])).data()`,
}

const processes = 9

/** The least time of some processes, in seconds, for each peer that has a program. */
export function measureStarts(columns) {
  return columns.flatMap(({ id, name }) => {
    const program = programs[id]
    if (program === undefined) return []
    const times = Array.from({ length: processes }, () => timeOf(program))
    return [{ name, seconds: Math.min(...times) }]
  })
}

function timeOf(program) {
  const timed = `
    const begun = performance.now()
    ${program}
    process.stdout.write('\\n' + (performance.now() - begun))`
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', timed],
    { cwd: fileURLToPath(new URL('./', import.meta.url)), encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`a first product failed:\n${stderr}`)
  return Number(stdout.slice(stdout.lastIndexOf('\n'))) / 1000
}
