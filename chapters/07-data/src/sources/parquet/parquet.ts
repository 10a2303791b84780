import { optionsOf } from '@deepdive/tensor'
import { DataError, reasonOf } from '../../datasets/errors.ts'
import type { Place } from '../place.ts'
import { ParquetDataset } from './parquet-dataset.ts'
import { openParquet } from './parquet-file.ts'
import { openParts } from './random-access.ts'
import type { ParquetRow } from './row.ts'

export interface ParquetOptions {
  /** The columns to read. Default: all. */
  readonly columns?: readonly string[]
}

/**
 * Opens a Parquet file, or several of the same columns. A sample is a row as an object;
 * what a column of images has, as Hugging Face stores them, is decoded.
 *
 * @throws DataError that names the file where it is missing, broken, or lacks a column.
 * @example
 * await parquet(new Uint8Array(20))
 * // throws DataError: parquet: these 20 bytes: parquet file invalid
 */
export async function parquet<Sample extends object = ParquetRow>(
  places: Place | readonly Place[],
  options: ParquetOptions = {},
): Promise<ParquetDataset<Sample>> {
  const { columns } = optionsOf('parquet', options)
  const list = isList(places) ? places : [places]
  const open = async (place: Place) => {
    return openParquet(await openParts('parquet', place), columns)
  }
  try {
    return new ParquetDataset<Sample>(await Promise.all(list.map(open)))
  } catch (error) {
    throw new DataError(`parquet: ${reasonOf(error)}`, error)
  }
}

function isList(places: Place | readonly Place[]): places is readonly Place[] {
  return Array.isArray(places)
}
