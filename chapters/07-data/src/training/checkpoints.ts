import { checkCount, optionsOf, ValueError } from '@deepdive/tensor'
import { loadCheckpoint } from '../files/checkpoint/load-checkpoint.ts'
import { saveCheckpoint } from '../files/checkpoint/save-checkpoint.ts'
import { isStateful, type Stateful } from '../files/checkpoint/stateful.ts'
import { existingSource } from '../files/existing.ts'
import { checkTarget, checkWritable, type FileTarget } from '../files/target.ts'
import { isProgress, type Progress } from './progress.ts'

export interface CheckpointOptions {
  /** Where it is written: a path or, in browsers, a file's handle. */
  readonly file: FileTarget
  /** After how many steps, besides the end of each epoch, to write it. Default: none. */
  readonly every?: number
  /** Whether to go on from the file, if it is there. Default: false. */
  readonly resume?: boolean
}

/** Writes how far a training has come, with all that it needs to go on from there. */
export class Checkpoints {
  readonly #options: CheckpointOptions
  readonly #parts: Readonly<Record<string, Stateful>>
  /** Where the training stood when it was last written. */
  #written = ''

  /** Of what can be part of a training, those take part that have a state. */
  constructor(options: CheckpointOptions, parts: Readonly<Record<string, unknown>>) {
    const { every = 1 } = optionsOf('fit: checkpoint', options)
    checkCount('fit: checkpoint', { every })
    checkTarget('fit: checkpoint', options.file)
    this.#options = options
    this.#parts = Object.fromEntries(
      Object.entries(parts).flatMap(([name, part]) => {
        return isStateful(part) ? [[name, part]] : []
      }),
    )
  }

  /** Whether it is time for another one in the midst of an epoch. */
  isDue(steps: number): boolean {
    const { every } = this.#options
    return every !== undefined && steps % every === 0
  }

  /** Writes the file; false, if nothing has happened since it was written. */
  async save(progress: Progress): Promise<boolean> {
    const { steps, epoch } = progress
    const place = `step ${steps}, batch ${epoch.batch} of epoch ${epoch.epoch}`
    if (place === this.#written) return false
    const stateful = { stateDict: () => progress, loadStateDict: () => {} }
    await saveCheckpoint({ ...this.#parts, progress: stateful }, this.#options.file)
    this.#written = place
    return true
  }

  /**
   * Brings all parts to where the file has them, if that is wanted, and it is there.
   * Where none can be written, it says so before any training is lost by that.
   */
  async resume(): Promise<Progress | undefined> {
    const { file, resume = false } = this.#options
    await checkWritable('fit: checkpoint', file)
    const source = resume ? await existingSource(file) : undefined
    if (source === undefined) return undefined
    let found: Progress | undefined
    const progress = {
      stateDict: () => null,
      loadStateDict: (state: unknown) => {
        // Where another part refuses its state, null comes back.
        found = state === null || isProgress(state) ? (state ?? undefined) : refuse()
      },
    }
    await loadCheckpoint(source, { ...this.#parts, progress })
    return found
  }
}

function refuse(): never {
  throw new ValueError(
    'fit: checkpoint: the file was not written by fit: use loadCheckpoint for it',
  )
}
