import { getRngState } from '@deepdive/tensor'
import { checkKind } from '../../datasets/check-kind.ts'
import { isRecord } from '../../loader/alike.ts'
import { encode } from '../safetensors/encode.ts'
import { joined } from '../save.ts'
import { type FileTarget, writeFile } from '../target.ts'
import { type Saved, takeApart } from './outline.ts'
import { isStateful, type Stateful } from './stateful.ts'

/** What a checkpoint is made of, under names of your choice. */
export type CheckpointParts = Readonly<Record<string, Stateful | Saved>>

/** In the metadata of a file, this holds all that is no tensor, as JSON. */
export const checkpointKey = 'deepdive'

/**
 * Writes all that training needs to go on later as if it had never stopped: models,
 * optimizers, schedules, loaders, and whatever else has a `stateDict()`; plain values;
 * and where the common generator of random numbers stands. It is a safetensors file,
 * written whole or not at all, in which any reader finds the tensors, `model.0.weight`.
 *
 * @throws ValueError where a part is nothing that can be saved.
 * @throws FileError where the file cannot be written.
 * @example
 * const model = new nn.Linear(2, 1)
 * const optimizer = new optim.Adam(model.parameters())
 * await saveCheckpoint({ model, optimizer, epoch: 3 }, 'last.safetensors')
 * const parts = { model, optimizer, epoch: 0 }
 * await loadCheckpoint('last.safetensors', parts) // → { epoch: 3 }
 */
export async function saveCheckpoint(
  parts: CheckpointParts,
  target: FileTarget,
): Promise<void> {
  await writeFile('saveCheckpoint', target, await encoded('saveCheckpoint', parts))
}

/**
 * The bytes that `saveCheckpoint` writes, where there is no file to write to.
 *
 * @throws ValueError where a part is nothing that can be saved.
 * @example
 * const bytes = await serializeCheckpoint({ losses: [0.5, 0.25] })
 * await readCheckpoint(bytes) // → { losses: [0.5, 0.25] }
 */
export async function serializeCheckpoint(
  parts: CheckpointParts,
): Promise<Uint8Array<ArrayBuffer>> {
  return joined(await encoded('serializeCheckpoint', parts))
}

function encoded(op: string, parts: CheckpointParts): Promise<Uint8Array[]> {
  checkKind(op, { parts }, 'an object of named parts, as { model, epoch }', isRecord)
  const states = Object.entries(parts).map(([name, part]): [string, unknown] => {
    return [name, isStateful(part) ? part.stateDict() : part]
  })
  const [outline, tensors] = takeApart(op, Object.fromEntries(states))
  const words = JSON.stringify({ version: 1, rngState: getRngState(), parts: outline })
  return encode(op, tensors, { format: 'pt', [checkpointKey]: words })
}
