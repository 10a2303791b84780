import { DataError } from '../../datasets/errors.ts'
import { nameOfPlace, type Place } from '../place.ts'
import { type Row, Table } from '../table.ts'
import { readText } from '../text/read-text.ts'
import { ColumnReader } from './column-reader.ts'
import { CsvText } from './csv-text.ts'
import {
  type ColumnOptions,
  type CsvOptions,
  type FilledColumn,
  type RowOf,
  readOptions,
} from './options.ts'
import { TypeGuesser } from './type-guesser.ts'

/**
 * Reads a table of text, gzip or not: a row in each line, commas between values, and
 * the names of columns first (RFC 4180).
 *
 * @throws DataError that names the file where it is not UTF-8; also the row, counted
 * from 1, and the column where a value is missing, or is not of its type.
 * @throws ValueError where an option makes no sense.
 * @example
 * const text = new TextEncoder().encode('rooms,area,city\n3,70.5,Bern\n2,,Genf\n')
 * const columns = { rooms: 'int32', area: { type: 'float32', fill: 'mean' } }
 * const flats = await csv(text, { columns })
 * flats.get(1) // → { rooms: 2, area: 70.5 }
 * await csv(text)
 * // throws DataError: csv: these 36 bytes: row 3, column area: the value is missing
 */
export function csv<const Columns extends ColumnOptions>(
  place: Place,
  options: CsvOptions & { readonly columns: Columns },
): Promise<Table<RowOf<Columns>>>
export function csv(place: Place, options?: CsvOptions): Promise<Table<Row>>
export async function csv(place: Place, options: CsvOptions = {}): Promise<Table> {
  const { columns, missing, onMissing, ...layout } = readOptions(options)
  const file = `csv: ${nameOfPlace(place)}`
  const text = new CsvText(file, await readText(place), layout)
  const readers = await makeReaders(
    text,
    columns ?? (await guessColumns(text, missing)),
  )
  let length = 0
  await text.eachRow((fields, row) => {
    const lacks = readers.find(
      ({ place, fills }) => !fills && missing.has(fields[place]),
    )
    if (lacks && onMissing === 'drop') return
    if (lacks) throw isMissing(row, lacks.name)
    length++
    for (const reader of readers) {
      const field = fields[reader.place]
      if (missing.has(field)) reader.skip()
      else reader.read(field, row)
    }
  })
  const entries = readers.map((reader) => [reader.name, reader.finish()] as const)
  return new Table(Object.fromEntries(entries), length)
}

type Columns = ReadonlyMap<string, FilledColumn>

/** A reader for each column, which must be there. */
async function makeReaders(text: CsvText, columns: Columns): Promise<ColumnReader[]> {
  const names = await text.names()
  return Array.from(columns, ([name, option]) => {
    const place = names.indexOf(name)
    if (place >= 0) return new ColumnReader(name, place, option)
    throw new DataError(
      `${text.file}: there is no column ${name}: there are ${names.join(', ')}`,
    )
  })
}

/** All columns, each of the first type that fits its values. */
async function guessColumns(
  text: CsvText,
  missing: ReadonlySet<string>,
): Promise<Columns> {
  const guesser = new TypeGuesser(missing)
  await text.eachRow((fields) => guesser.see(fields))
  const names = await text.names()
  return new Map(names.map((name, place) => [name, { type: guesser.typeOf(place) }]))
}

function isMissing(row: string, column: string): DataError {
  return new DataError(
    `${row}, column ${column}: the value is missing: give a fill in its column's ` +
      "options, or leave out such rows by onMissing: 'drop'",
  )
}
