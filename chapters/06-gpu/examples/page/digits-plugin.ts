import type { Plugin } from 'vite'
import { readDigit } from '../../../04-optim/examples/digits/read-digit.ts'

/**
 * Serves the digits of chapter 4's example as `digits.bin`, in a tenth of their size as
 * text: for each a byte that says which it is, and then its pixels, a byte each.
 */
export function digits(): Plugin {
  let packed: Uint8Array | undefined
  const get = () => {
    packed ??= packDigits()
    return packed
  }
  return {
    name: 'digits',
    configureServer({ middlewares }) {
      middlewares.use('/digits.bin', (_, response) => response.end(get()))
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'digits.bin', source: get() })
    },
  }
}

const pixels = 28 * 28

function packDigits(): Uint8Array {
  const digits = Array.from({ length: 10 }, (_, digit) => readDigit(digit))
  const count = digits.reduce((sum, { length }) => sum + length / pixels, 0)
  const packed = new Uint8Array(count * (1 + pixels))
  let place = 0
  for (const [digit, greys] of digits.entries()) {
    for (const [n, grey] of greys.entries()) {
      if (n % pixels === 0) packed[place++] = digit
      packed[place++] = Math.round(255 * grey)
    }
  }
  return packed
}
