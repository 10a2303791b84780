import { Tensor } from '@deepdive/autograd'
import { cpu, formatShape, NDArray } from '@deepdive/tensor'
import { type ByteSource, type FileSource, openSource } from '../byte-source.ts'
import { FileError } from '../errors.ts'
import { shown } from './broken.ts'
import { Misfit } from './encodings.ts'
import type { Entry } from './entry.ts'
import { type Header, readHeader } from './header.ts'

/** An open safetensors file, of which only the header was read. */
export class SafetensorsFile {
  /** Where it came from, as messages say it. */
  readonly name: string
  readonly #op: string
  readonly #source: ByteSource
  readonly #header: Header

  constructor(op: string, source: ByteSource, header: Header) {
    this.name = source.name
    this.#op = op
    this.#source = source
    this.#header = header
  }

  /**
   * The names of its tensors, in the order of the file.
   *
   * @example
   * const bytes = await serialize({ w: ones([2, 3]), b: zeros([3]) })
   * const file = await safeOpen(bytes)
   * file.keys() // → ['w', 'b']
   */
  keys(): string[] {
    return [...this.#header.entries.keys()]
  }

  /**
   * What the file says about itself in words.
   *
   * @example
   * const bytes = await serialize({ w: ones([2]) }, { metadata: { by: 'me' } })
   * const file = await safeOpen(bytes)
   * file.metadata() // → { format: 'pt', by: 'me' }
   */
  metadata(): Record<string, string> {
    return Object.fromEntries(this.#header.metadata)
  }

  /**
   * Reads one tensor, on the `cpu` device, and nothing else.
   *
   * @throws FileError where there is none of that name, or no dtype here can hold it.
   * @example
   * const file = await safeOpen(await serialize({ w: ones([2]), b: zeros([3]) }))
   * await file.getTensor('w') // → tensor([1., 1.])
   */
  async getTensor(name: string): Promise<Tensor> {
    const { entries, dataStart } = this.#header
    const entry = entries.get(name)
    if (!entry) throw this.#broken(`there is no tensor ${shown(name)}`)
    const { start, end } = entry
    const bytes = await this.#source.read(dataStart + start, dataStart + end)
    return this.#decode(name, entry, bytes)
  }

  #decode(name: string, entry: Entry, bytes: Uint8Array): Tensor {
    const { dtype, encoding, shape } = entry
    const what = `${shown(name)} is ${dtype} ${formatShape(shape)}`
    if (!encoding.decode) {
      throw this.#broken(`${what}, which no dtype here can hold: write it as F32`)
    }
    const values = encoding.decode(bytes)
    if (!(values instanceof Misfit)) return new Tensor(NDArray.from(values, shape, cpu))
    throw this.#broken(
      `${what} with an element ${values.element}: no dtype here holds it`,
    )
  }

  #broken(what: string): FileError {
    return new FileError(`${this.#op}: ${this.name}: ${what}`)
  }

  /**
   * Lets go of the file.
   *
   * @example
   * const file = await safeOpen(await serialize({ w: ones([2]) }))
   * await file.close()
   */
  async close(): Promise<void> {
    await this.#source.close()
  }
}

/**
 * Opens a safetensors file and reads its header: single tensors can then be had from a
 * file that is larger than memory. It is to be closed.
 *
 * @throws FileError where the file is missing or broken.
 * @example
 * const file = await safeOpen(await serialize({ w: ones([2]), b: zeros([3]) }))
 * for (const name of file.keys()) console.assert((await file.getTensor(name)).ndim === 1)
 * await file.close()
 */
export function safeOpen(source: FileSource): Promise<SafetensorsFile> {
  return openSafetensors('safeOpen', source)
}

/** The same, under the name of whoever asked. */
export async function openSafetensors(
  op: string,
  given: FileSource,
): Promise<SafetensorsFile> {
  const source = await openSource(op, given)
  try {
    return new SafetensorsFile(op, source, await readHeader(op, source))
  } catch (error) {
    await source.close()
    throw error
  }
}
