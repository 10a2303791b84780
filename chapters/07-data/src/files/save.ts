import type { StateDict } from '@deepdive/nn'
import { describeValue, optionsOf, ValueError } from '@deepdive/tensor'
import { checkKind } from '../datasets/check-kind.ts'
import { isRecord } from '../loader/alike.ts'
import { encode, type Metadata } from './safetensors/encode.ts'
import { type FileTarget, writeFile } from './target.ts'

export interface SaveOptions {
  /** Words about the file for its header. */
  readonly metadata?: Metadata
}

/** What is saved: a model, or tensors by their names. */
export type Savable = StateDict | { stateDict(): StateDict }

/**
 * Writes a model's state dict, or any tensors, to a safetensors file, which PyTorch reads
 * by `safetensors.torch.load_file`. The file is written whole or not at all: a crash
 * leaves the one that was there before. What is saved is what the tensors hold at the
 * time of the call.
 *
 * @throws ValueError where a value is no tensor.
 * @throws FileError where the file cannot be written.
 * @example
 * const model = new nn.Linear(2, 1)
 * await save(model, 'linear.safetensors')
 * Object.keys(await load('linear.safetensors')) // → ['weight', 'bias']
 */
export async function save(
  what: Savable,
  target: FileTarget,
  options: SaveOptions = {},
): Promise<void> {
  await writeFile('save', target, await parts('save', what, options))
}

/**
 * The bytes that `save` writes, where there is no file to write to.
 *
 * @throws ValueError where a value is no tensor.
 * @example
 * const bytes = await serialize({ weight: ones([2, 3]) })
 * const { weight } = await load(bytes)
 * weight.shape // → [2, 3]
 */
export async function serialize(
  what: Savable,
  options: SaveOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  return joined(await parts('serialize', what, options))
}

/** `format: pt` tells other libraries that weights have PyTorch's layout. */
function parts(op: string, what: Savable, options: SaveOptions): Promise<Uint8Array[]> {
  const { metadata = {} } = optionsOf(op, options)
  checkKind(op, { metadata }, 'an object of strings', isRecord)
  const words = Object.entries(metadata).map(([key, text]) => [`metadata.${key}`, text])
  // A file with anything else in it nobody would read, not even `load`.
  checkKind(
    op,
    Object.fromEntries(words),
    'a string',
    (text) => typeof text === 'string',
  )
  const tensors = Object.entries(tensorsOf(op, what))
  return encode(op, tensors, { format: 'pt', ...metadata })
}

function tensorsOf(op: string, what: Savable): StateDict {
  if (typeof what !== 'object' || what === null) {
    throw new ValueError(
      `${op}: this is ${describeValue(what)}: it must be a model, or tensors by names`,
    )
  }
  return hasStateDict(what) ? what.stateDict() : what
}

function hasStateDict(what: Savable): what is { stateDict(): StateDict } {
  return typeof what.stateDict === 'function'
}

/** All parts in one piece of memory. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let end = 0
  for (const part of parts) {
    bytes.set(part, end)
    end += part.length
  }
  return bytes
}
