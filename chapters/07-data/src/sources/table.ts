import { stack, Tensor } from '@deepdive/autograd'
import { getDefaultDevice, NDArray, ValueError } from '@deepdive/tensor'
import { checkIndex } from '../datasets/check-index.ts'
import { checkKind } from '../datasets/check-kind.ts'
import { Dataset } from '../datasets/dataset.ts'
import { isRecord } from '../loader/alike.ts'
import type { Collated } from '../loader/collated.ts'
import { type Column, pick } from './csv/column.ts'

/** A sample of a table: a value for each column. */
export type Row = Readonly<Record<string, number | boolean | string>>

/**
 * Rows of named columns. A sample is a row as an object, a batch has a tensor for each
 * column of numbers, and a list for each of texts.
 *
 * @example
 * const text = new TextEncoder().encode('size,city\n50.5,Bern\n80,Genf')
 * const flats = await csv(text)
 * flats.get(1) // → { size: 80, city: 'Genf' }
 * flats.getBatch([1, 0])
 * // → { size: tensor([80.0000, 50.5000]), city: ['Genf', 'Bern'] }
 */
export class Table<Sample extends object = Row> extends Dataset<Sample> {
  readonly columns: Readonly<Record<string, Column>>
  readonly length: number

  constructor(columns: Readonly<Record<string, Column>>, length: number) {
    super()
    checkKind('Table', { columns }, 'an object of columns by their names', isRecord)
    this.columns = columns
    this.length = length
  }

  // The names and types of columns are those of Sample, as who made the table knows.

  get(index: number): Sample {
    checkIndex('Table', index, this.length)
    return this.#each(({ type, values }) => {
      return type === 'bool' ? values[index] === 1 : values[index]
    }) as Sample
  }

  override getBatch(indices: readonly number[]): Collated<Sample> {
    for (const index of indices) checkIndex('Table', index, this.length)
    return this.#each((column) => batchOf(column, indices)) as Collated<Sample>
  }

  /**
   * Columns of numbers side by side, as float32 [rows, columns]; of one name, [rows] of
   * its own dtype.
   *
   * @throws ValueError where there is no such column, or its values are texts.
   * @example
   * const table = await csv(new TextEncoder().encode('x,y,label\n1,2.5,0\n3,4,1\n'))
   * table.tensor(['x', 'y'])
   * // → tensor([[1.0000, 2.5000],
   * //           [3.0000, 4.0000]])
   * table.tensor('label') // → tensor([0, 1])
   */
  tensor(names: string | readonly string[]): Tensor {
    if (typeof names === 'string') return this.#column(names)
    return stack(
      names.map((name) => this.#column(name).to('float32')),
      1,
    )
  }

  #column(name: string): Tensor {
    const column = Object.hasOwn(this.columns, name) ? this.columns[name] : undefined
    if (!column) {
      const there = Object.keys(this.columns).join(', ')
      throw new ValueError(`Table: there is no column ${name}: there are ${there}`)
    }
    const values = batchOf(
      column,
      Array.from({ length: this.length }, (_, n) => n),
    )
    if (values instanceof Tensor) return values
    throw new ValueError(
      `Table: the column ${name} has texts, which no tensor holds: read it as ` +
        "'category'",
    )
  }

  #each(change: (column: Column) => unknown): object {
    const entries = Object.entries(this.columns)
    return Object.fromEntries(entries.map(([name, column]) => [name, change(column)]))
  }
}

function batchOf(column: Column, indices: readonly number[]): Tensor | string[] {
  const values = pick(column, indices)
  if (Array.isArray(values)) return values
  return new Tensor(NDArray.from(values, [indices.length], getDefaultDevice()))
}
