import { encode } from 'fast-png'
import { parquetWriteBuffer } from 'hyparquet-writer'

const numbers = (n: number) => Array.from({ length: n }, (_, index) => index)

/** A PNG of 2×2 pixels of one grey. */
export const png = (shade: number): Uint8Array =>
  encode({ width: 2, height: 2, channels: 1, data: new Uint8Array(4).fill(shade) })

/** What Hugging Face notes in its files. */
const info = {
  info: {
    features: {
      image: { _type: 'Image' },
      label: { names: ['even', 'odd'], _type: 'ClassLabel' },
    },
  },
}

/**
 * Images of the shades `first`, `first` + 1, … with labels, as Hugging Face has them.
 */
export function imageRows(first: number, count: number, rowGroupSize = 4): Uint8Array {
  const shades = numbers(count).map((n) => first + n)
  const images = shades.map((shade) => ({ bytes: png(shade), path: `${shade}.png` }))
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
      { name: 'label', data: shades.map((shade) => BigInt(shade % 2)) },
    ],
    rowGroupSize,
    kvMetadata: [{ key: 'huggingface', value: JSON.stringify(info) }],
  })
  return new Uint8Array(buffer)
}
