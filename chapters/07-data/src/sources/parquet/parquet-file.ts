import type { AsyncBuffer, FileMetaData } from 'hyparquet'
import { DataError, reasonOf } from '../../datasets/errors.ts'
import { checkGroups } from './check-groups.ts'
import { type Field, fieldsOf } from './field.ts'
import type { RandomAccess } from './random-access.ts'

/** A row: values by the names of their columns. */
export type Values = Readonly<Record<string, unknown>>

/** Rows that are stored together, and so are read together. */
export interface RowGroup {
  readonly length: number
  read(): Promise<Values[]>
}

/** What the end of a Parquet file says about it. */
export interface ParquetFile {
  readonly fields: readonly Field[]
  readonly groups: readonly RowGroup[]
  /** What whoever wrote it has noted. */
  readonly notes: ReadonlyMap<string, string>
}

/**
 * Reads the end of a Parquet file; of all columns, or of those that are named.
 *
 * @throws DataError that names the file where it is none, or lacks a column.
 */
export async function openParquet(
  file: RandomAccess,
  columns: readonly string[] | undefined,
): Promise<ParquetFile> {
  const { parquetMetadataAsync, parquetSchema } = await import('hyparquet')
  const buffer = bufferOf(file)
  const metadata = await parquetMetadataAsync(buffer).catch((error) => {
    throw new DataError(`${file.name}: ${reasonOf(error)}`, error)
  })
  const schema = parquetSchema(metadata)
  checkGroups(file.name, metadata, schema)
  const all = fieldsOf(schema)
  const missing = columns?.find((name) => !all.some((field) => field.name === name))
  if (missing !== undefined) {
    const names = all.map(({ name }) => name).join(', ')
    throw new DataError(
      `${file.name}: there is no column ${missing}: there are ${names}`,
    )
  }
  const fields = all.filter(({ name }) => columns?.includes(name) ?? true)
  const notes = metadata.key_value_metadata ?? []
  return {
    fields,
    groups: groupsOf(file.name, buffer, metadata, fields),
    notes: new Map(notes.map(({ key, value = '' }) => [key, value])),
  }
}

/** A file as the reader of Parquet wants it. */
function bufferOf({ size, read }: RandomAccess): AsyncBuffer {
  return {
    byteLength: size,
    async slice(start, end = size) {
      return new Uint8Array(await read(start, end)).buffer
    },
  }
}

function groupsOf(
  name: string,
  file: AsyncBuffer,
  metadata: FileMetaData,
  fields: readonly Field[],
): RowGroup[] {
  let rowEnd = 0
  return metadata.row_groups.map((group, n) => {
    const rowStart = rowEnd
    rowEnd += Number(group.num_rows)
    const range = { rowStart, rowEnd }
    const read = async () => {
      try {
        return await readRows(file, metadata, fields, range)
      } catch (error) {
        throw new DataError(`${name}: row group ${n}: ${reasonOf(error)}`, error)
      }
    }
    return { length: rowEnd - rowStart, read }
  })
}

async function readRows(
  file: AsyncBuffer,
  metadata: FileMetaData,
  fields: readonly Field[],
  range: { readonly rowStart: number; readonly rowEnd: number },
): Promise<Values[]> {
  const { parquetReadObjects } = await import('hyparquet')
  const { compressors } = await import('hyparquet-compressors')
  const columns = fields.map(({ name }) => name)
  // Bytes are texts where the schema says so alone: they may be images.
  const options = { file, metadata, columns, compressors, utf8: false, ...range }
  const rows = await parquetReadObjects(options)
  return rows.map((row) => {
    const values = fields.map(({ name, convert }) => [name, convert(row[name])])
    return Object.fromEntries(values)
  })
}
