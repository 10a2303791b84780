import type { FileMetaData, SchemaTree } from 'hyparquet'
import { DataError } from '../../datasets/errors.ts'

/**
 * Refuses row groups that have not each column of the schema once, or not as many values
 * as rows. The reader would wait for some of their columns alone, and not hear of it when
 * another cannot be read.
 */
export function checkGroups(
  name: string,
  { row_groups }: FileMetaData,
  schema: SchemaTree,
): void {
  const wanted = leavesOf(schema).sort().join(', ')
  for (const [n, { num_rows, columns }] of row_groups.entries()) {
    const wrong = (how: string) =>
      new DataError(`${name}: row group ${n}: ${how}: the file is broken`)
    if (!isCount(num_rows)) throw wrong(`it has ${num_rows} rows`)
    const found = columns.map(({ meta_data }) => meta_data?.path_in_schema?.join('.'))
    const there = found.sort().join(', ')
    if (there !== wanted) throw wrong(`it has ${there} where columns are ${wanted}`)
    const few = columns.find(({ meta_data }) => {
      const values: unknown = meta_data?.num_values
      return !isCount(values) || values < num_rows
    })
    if (few) throw wrong(`a column has fewer values than there are rows`)
  }
}

/** The paths of all columns that hold values. */
function leavesOf({ children, path }: SchemaTree): string[] {
  return children.length === 0 ? [path.join('.')] : children.flatMap(leavesOf)
}

function isCount(value: unknown): value is bigint {
  return typeof value === 'bigint' && value >= 0n && value <= Number.MAX_SAFE_INTEGER
}
