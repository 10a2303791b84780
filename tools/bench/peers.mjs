import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const script = (name) => fileURLToPath(new URL(`peers/${name}`, import.meta.url))

/**
 * DeepDive itself. It runs from `dist`, the JavaScript that users get; tsx, which runs
 * the source, wraps each function that has a name, and so slows small operations down.
 */
export const deepdive = ({ source }) => ({
  id: 'deepdive',
  name: 'DeepDive',
  command: () => [
    process.execPath,
    ...(source ? ['--import=tsx', '--conditions=deepdive-source'] : []),
    script('deepdive.mjs'),
  ],
})

/**
 * Whom DeepDive is compared with, in the order of the table. `command` starts a peer's
 * process, and throws an error that says why where the peer is missing on this machine;
 * `notes` tell what a reader must know of its figures for a kind of work.
 */
export const peers = [
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
      mlp: 'trains by plain gradient descent, which is less work than Adam',
    },
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

function pythonWithTorch() {
  const pythons = ['python3', '/usr/bin/python3', 'python']
  const found = pythons.find(
    (python) => spawnSync(python, ['-c', 'import torch']).status === 0,
  )
  if (found === undefined) {
    throw new Error(`not installed: no torch in ${pythons.join(', ')}`)
  }
  return found
}
