import type { Tensor } from '@deepdive/autograd'
import { DataError, reasonOf } from '../../datasets/errors.ts'
import type { LoadOptions } from '../../datasets/load-options.ts'
import { decodeImage } from '../../images/decode-image.ts'
import { toTensor } from '../../transforms/to-tensor.ts'
import { EncodedImage } from './field.ts'
import type { Values } from './parquet-file.ts'

/** What a column may have: numbers, texts, images, lists and objects of such. */
export type ParquetValue =
  | number
  | bigint
  | boolean
  | string
  | Date
  | Tensor
  | Uint8Array
  | Float32Array
  | Int32Array
  | null
  | readonly unknown[]
  | Readonly<Record<string, unknown>>

/** A sample of a Parquet file, where nobody says what its columns are. */
export type ParquetRow = Readonly<Record<string, ParquetValue>>

/**
 * A row whose images are decoded: [channels, height, width], from 0 to 1.
 *
 * @throws DataError that names the column whose image is broken.
 */
export async function decodeRow(
  values: Values,
  { decoder }: LoadOptions,
): Promise<Values> {
  const decoded = Object.entries(values).map(async ([name, value]) => {
    if (!(value instanceof EncodedImage)) return [name, value] as const
    try {
      const picture = await decodeImage(value.bytes, decoder ? { decoder } : {})
      return [name, toTensor(picture)] as const
    } catch (error) {
      throw new DataError(`column ${name}: ${reasonOf(error)}`, error)
    }
  })
  return Object.fromEntries(await Promise.all(decoded))
}
