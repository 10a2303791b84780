import type { ByteSource } from '../byte-source.ts'
import type { Broken } from './broken.ts'

/** The format's own limit, so that nobody is made to read gigabytes of JSON. */
const longest = 100_000_000

/**
 * The JSON between the first 8 bytes of a file, which say how long it is, and the data.
 * Nothing is read that is not there, whatever the length claims.
 */
export async function readHeaderText(
  source: ByteSource,
  broken: Broken,
): Promise<{ text: string; dataStart: number }> {
  const dataStart = 8 + (await readLength(source, broken))
  const bytes = await source.read(8, dataStart)
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      bytes,
    )
    return { text, dataStart }
  } catch {
    throw broken('its header is no text in UTF-8: it is no safetensors file')
  }
}

async function readLength(source: ByteSource, broken: Broken): Promise<number> {
  const { size } = source
  if (size < 8) {
    throw broken(`it has ${size} bytes, and a safetensors file begins with 8`)
  }
  const start = await source.read(0, 8)
  const length = new DataView(start.buffer, start.byteOffset).getBigUint64(0, true)
  if (length > size - 8) {
    throw broken(
      isTorchFile(start)
        ? 'it is a file of torch.save, which only Python reads: write the tensors by ' +
            'safetensors.torch.save_file(model.state_dict(), path)'
        : `its header claims ${length} bytes, and ${size - 8} follow: it is cut short, ` +
            'or no safetensors file',
    )
  }
  if (length <= longest) return Number(length)
  throw broken(`its header has ${length} bytes, where ${longest} are allowed`)
}

/** A zip archive, or a pickle of older times. */
function isTorchFile(start: Uint8Array): boolean {
  const begins = (...bytes: number[]) => bytes.every((byte, n) => start[n] === byte)
  return begins(0x50, 0x4b, 3, 4) || begins(0x80, 2)
}
