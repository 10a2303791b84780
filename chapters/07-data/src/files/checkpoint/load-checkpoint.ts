import { describeValue, setRngState } from '@deepdive/tensor'
import { checkKind } from '../../datasets/check-kind.ts'
import { isRecord } from '../../loader/alike.ts'
import type { FileSource } from '../byte-source.ts'
import { FileError } from '../errors.ts'
import type { Saved } from './outline.ts'
import { openCheckpoint } from './read-checkpoint.ts'
import { isStateful, loadStates, type Stateful } from './stateful.ts'

/** What is to go on from a checkpoint; and values, each like the one to be found. */
export type WantedParts = Readonly<Record<string, Stateful | number | string | boolean>>

/** The plain values among the parts. */
export type FoundValues<Parts extends WantedParts> = {
  readonly [Name in keyof Parts as Parts[Name] extends Stateful
    ? never
    : Name]: Parts[Name] extends number
    ? number
    : Parts[Name] extends string
      ? string
      : boolean
}

export interface LoadCheckpointOptions {
  /**
   * Whether random numbers go on from where they stood, too, those of the generator
   * that is used where none is given. Default: true.
   */
  readonly rngState?: boolean
}

/**
 * Lets models, optimizers, schedules and loaders go on from where `saveCheckpoint` found
 * them, and returns the plain values, of which those given are examples. Training that
 * goes on from here ends with the very weights, to the last bit, of training that was
 * never interrupted.
 *
 * @throws FileError where the file is missing, broken, or has not all parts; and whatever
 * a part throws that its state does not fit. Then nothing has changed.
 * @example
 * const model = new nn.Linear(2, 1)
 * const bytes = await serializeCheckpoint({ model, epoch: 3, step: 120 })
 * await loadCheckpoint(bytes, { model, epoch: 0 }) // → { epoch: 3 }
 * await loadCheckpoint(bytes, { schedule: model })
 * // throws FileError: loadCheckpoint: these bytes: it has no 'schedule': it has model,
 */
export async function loadCheckpoint<Parts extends WantedParts>(
  source: FileSource,
  wanted: Parts,
  { rngState = true }: LoadCheckpointOptions = {},
): Promise<FoundValues<Parts>> {
  const op = 'loadCheckpoint'
  checkKind(
    op,
    { wanted },
    'an object of named parts, as { model, epoch: 0 }',
    isRecord,
  )
  const checkpoint = await openCheckpoint(op, source)
  const broken = (what: string) => new FileError(`${op}: ${checkpoint.name}: ${what}`)
  const states: [Stateful, Saved][] = []
  const values: [string, Saved][] = []
  for (const [name, part] of Object.entries(wanted)) {
    const saved = checkpoint.parts.get(name)
    if (saved === undefined) {
      const names = [...checkpoint.parts.keys()].join(', ')
      throw broken(`it has no '${name}': it has ${names}`)
    }
    if (isStateful(part)) states.push([part, saved])
    else values.push([name, saved])
  }
  const found = Object.fromEntries(values)
  checkAlike(found, wanted, broken)
  loadStates(op, states)
  if (rngState) setRngState(checkpoint.rngState)
  return found
}

/** Refuses values of another type than their examples have. */
function checkAlike<Parts extends WantedParts>(
  found: Readonly<Record<string, Saved>>,
  wanted: Parts,
  broken: (what: string) => FileError,
): asserts found is Readonly<Record<string, Saved>> & FoundValues<Parts> {
  for (const [name, value] of Object.entries(found)) {
    if (typeof value === typeof wanted[name]) continue
    throw broken(
      `its '${name}' is ${describeValue(value)}, and ${describeValue(wanted[name])} is ` +
        'wanted',
    )
  }
}
