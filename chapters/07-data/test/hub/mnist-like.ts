import { encode } from 'fast-png'
import { parquetWriteBuffer } from 'hyparquet-writer'

const numbers = (n: number) => Array.from({ length: n }, (_, index) => index)

/** A PNG of 2×2 pixels of one grey. */
export const png = (shade: number): Uint8Array =>
  encode({ width: 2, height: 2, channels: 1, data: new Uint8Array(4).fill(shade) })

/**
 * Images of the shades `first`, `first` + 1, … with labels, as Hugging Face has them.
 */
export function imageRows(first: number, count: number, rowGroupSize = 4): Uint8Array {
  const shades = numbers(count).map((n) => first + n)
  const labels = shades.map((shade) => shade % 2)
  return pictureRows(shades.map(png), labels, ['even', 'odd'], rowGroupSize)
}

/** Images that are encoded already, the numbers of their classes, and what these mean. */
export function pictureRows(
  pictures: readonly Uint8Array[],
  labels: readonly number[],
  names: readonly string[],
  rowGroupSize = 1000,
): Uint8Array {
  const images = pictures.map((bytes, n) => ({ bytes, path: `${n}.png` }))
  const features = { image: { _type: 'Image' }, label: { names, _type: 'ClassLabel' } }
  const buffer = parquetWriteBuffer({
    schema: [
      { name: 'root', num_children: 2 },
      { name: 'image', repetition_type: 'OPTIONAL', num_children: 2 },
      { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
      {
        name: 'path',
        type: 'BYTE_ARRAY',
        converted_type: 'UTF8',
        repetition_type: 'OPTIONAL',
      },
      { name: 'label', type: 'INT64', repetition_type: 'OPTIONAL' },
    ],
    columnData: [
      { name: 'image', data: images },
      { name: 'label', data: labels.map(BigInt) },
    ],
    rowGroupSize,
    // So Hugging Face notes what is in its files.
    kvMetadata: [{ key: 'huggingface', value: JSON.stringify({ info: { features } }) }],
  })
  return new Uint8Array(buffer)
}
