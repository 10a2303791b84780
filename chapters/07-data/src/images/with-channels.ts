import type { Pixels } from './unpack-pixels.ts'

/** Grey; red, green and blue; or these and how opaque a pixel is. */
export type Channels = 1 | 3 | 4

/**
 * Pixels with other channels: grey is red, green and blue alike; the grey of a colour
 * is how bright it looks (ITU-R BT.601, rounded as Pillow does); what is not said is
 * opaque.
 */
export function withChannels({ data, channels }: Pixels, wanted: Channels): Pixels {
  if (channels === wanted) return { data, channels }
  const count = data.length / channels
  const opaque = data instanceof Uint16Array ? 65_535 : 255
  const made = data instanceof Uint16Array ? Uint16Array : Uint8Array
  const pixels = new made(count * wanted)
  for (let n = 0; n < count; n++) {
    const from = n * channels
    const to = n * wanted
    const isGrey = channels < 3
    for (let channel = 0; channel < Math.min(wanted, 3); channel++) {
      pixels[to + channel] = isGrey
        ? data[from]
        : wanted === 1
          ? greyOf(data[from], data[from + 1], data[from + 2])
          : data[from + channel]
    }
    if (wanted === 4) {
      pixels[to + 3] = channels % 2 === 0 ? data[from + channels - 1] : opaque
    }
  }
  return { data: pixels, channels: wanted }
}

function greyOf(red: number, green: number, blue: number): number {
  return Math.floor((19_595 * red + 38_470 * green + 7_471 * blue + 32_768) / 65_536)
}
