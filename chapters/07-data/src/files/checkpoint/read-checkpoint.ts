import type { Tensor } from '@deepdive/autograd'
import { Generator, type RandomState } from '@deepdive/tensor'
import type { FileSource } from '../byte-source.ts'
import { FileError } from '../errors.ts'
import { readAll } from '../load.ts'
import { openSafetensors, type SafetensorsFile } from '../safetensors/safe-open.ts'
import { areNamed, putTogether, type Saved } from './outline.ts'
import { checkpointKey } from './save-checkpoint.ts'

/** A checkpoint as it was read. */
export interface Checkpoint {
  /** Where it came from, as messages say it. */
  readonly name: string
  readonly parts: ReadonlyMap<string, Saved>
  readonly rngState: RandomState
}

/**
 * All parts of a checkpoint as plain values, models and the like as their state dicts.
 *
 * @throws FileError where the file is missing, broken, or no checkpoint.
 * @example
 * const bytes = await serializeCheckpoint({ model: new nn.Linear(2, 1), epoch: 3 })
 * const { model, epoch } = await readCheckpoint(bytes)
 * Object.keys(model) // → ['weight', 'bias']
 * epoch // → 3
 */
export async function readCheckpoint(
  source: FileSource,
): Promise<Readonly<Record<string, Saved>>> {
  const { parts } = await openCheckpoint('readCheckpoint', source)
  return Object.fromEntries(parts)
}

/** The same with the random state, under the name of whoever asked. */
export async function openCheckpoint(
  op: string,
  source: FileSource,
): Promise<Checkpoint> {
  const file = await openSafetensors(op, source)
  try {
    return parse(op, file, await readAll(file))
  } finally {
    await file.close()
  }
}

function parse(
  op: string,
  file: SafetensorsFile,
  tensors: Readonly<Record<string, Tensor>>,
): Checkpoint {
  const words = file.metadata()[checkpointKey]
  if (words === undefined) {
    throw new FileError(
      `${op}: ${file.name}: it is no checkpoint: load reads its tensors`,
    )
  }
  try {
    const { parts = null, rngState } = Object(JSON.parse(words))
    const found = putTogether(parts, new Map(Object.entries(tensors)))
    if (!areNamed(found)) throw new SyntaxError('it has no parts')
    // Refuses what is no state.
    new Generator(0).setState(rngState)
    return { name: file.name, parts: new Map(Object.entries(found)), rngState }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new FileError(`${op}: ${file.name}: its checkpoint is broken: ${why}`)
  }
}
