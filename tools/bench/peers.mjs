import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const script = (name) => fileURLToPath(new URL(`peers/${name}`, import.meta.url))

/**
 * DeepDive itself. It runs from `dist`, the JavaScript that users get; tsx, which runs
 * the source, wraps each function that has a name, and so slows small operations down.
 */
export const deepdive = ({ source }) => variant('deepdive', 'DeepDive', 'simd', source)

/** DeepDive as it is in other circumstances, which are measured as its peers are. */
const variants = [
  ['plain', 'plain loops', 'plain'],
  ['threads', 'all threads', 'threads'],
]

function variant(id, name, how, source = false) {
  const loader = source ? ['--import=tsx', '--conditions=deepdive-source'] : []
  const command = () => [process.execPath, ...loader, script('deepdive.mjs'), how]
  return { id, name, command }
}

const jaxNotes = {
  mlp: 'jit compiled the loss and its gradient, after which Adam computes',
}
const wholeJaxNotes = {
  mlp: 'jit compiled the whole step, with an Adam written for it',
}

/**
 * Whom DeepDive is compared with, in the order of the table. `command` starts a peer's
 * process, and throws an error that says why where the peer is missing on this machine;
 * `notes` tell what a reader must know of its figures for a kind of work.
 */
export const peers = [
  ...variants.map(([id, name, how]) => variant(id, name, how)),
  {
    id: 'torch',
    name: 'PyTorch',
    command: () => [pythonWithTorch(), script('pytorch.py')],
  },
  {
    id: 'tfjs-wasm',
    name: 'tfjs wasm',
    command: () => [process.execPath, script('tfjs.mjs'), 'wasm'],
  },
  {
    id: 'tfjs-cpu',
    name: 'tfjs cpu',
    command: () => [process.execPath, script('tfjs.mjs'), 'cpu'],
  },
  {
    id: 'jax-js',
    name: 'jax-js wasm',
    command: () => [process.execPath, script('jax.mjs')],
    notes: {
      tiny: 'jit compiled the gradient beforehand; the others record a graph each time',
      ...jaxNotes,
    },
  },
  {
    id: 'jax-js-whole',
    name: 'jax-js whole',
    command: () => [process.execPath, script('jax.mjs'), 'wasm', 'whole'],
    notes: wholeJaxNotes,
  },
]

/** DeepDive on a GPU, and whom it is compared with there. */
export const gpuDeepdive = ({ source }) =>
  variant('deepdive', 'DeepDive webgpu', 'webgpu', source)

export const gpuPeers = [
  {
    id: 'torch',
    name: 'PyTorch CUDA',
    command: () => [
      pythonWithTorch('assert torch.cuda.is_available()'),
      script('pytorch.py'),
      'cuda',
    ],
  },
  {
    id: 'tfjs',
    name: 'tfjs webgpu',
    command: () => [process.execPath, script('tfjs.mjs'), 'webgpu'],
  },
  {
    id: 'jax-js',
    name: 'jax-js webgpu',
    command: () => [process.execPath, script('jax.mjs'), 'webgpu'],
    notes: jaxNotes,
  },
  {
    id: 'jax-js-whole',
    name: 'jax-js whole',
    command: () => [process.execPath, script('jax.mjs'), 'webgpu', 'whole'],
    notes: wholeJaxNotes,
  },
]

/** Parts the peers that this machine has from those it lacks, and says why it does. */
export function lookFor(peers) {
  const present = []
  const absent = []
  for (const peer of peers) {
    try {
      present.push({ ...peer, command: peer.command() })
    } catch (error) {
      absent.push({ id: peer.id, name: peer.name, reason: error.message })
    }
  }
  return { present, absent }
}

function pythonWithTorch(check = '') {
  const pythons = ['python3', '/usr/bin/python3', 'python']
  const found = pythons.find(
    (python) => spawnSync(python, ['-c', `import torch; ${check}`]).status === 0,
  )
  if (found === undefined) {
    const need = check ? 'torch with CUDA' : 'torch'
    throw new Error(`not installed: no ${need} in ${pythons.join(', ')}`)
  }
  return found
}
