import { DeviceError } from '@deepdive/tensor'
import { formatBytes, formatHeld, formatTensors } from './format-memory.ts'
import type { Ledger } from './ledger.ts'
import { placesOf } from './places.ts'

/** What to say when a device has no room for `bytes` more: who holds how much. */
export function outOfMemory(
  device: string,
  bytes: number,
  ledger: Ledger,
): DeviceError {
  const { live } = ledger
  const idle = formatBytes(ledger.poolBytes())
  return new DeviceError(
    `${device}: there is no room for ${formatBytes(bytes)} more: ` +
      `${formatHeld(live.size, ledger.bytes)}, and ${idle} wait to be used again: ` +
      advice(ledger),
  )
}

function advice({ live, notesPlaces }: Ledger): string {
  const advice = 'make batches smaller, or free what a step has made by scope()'
  if (!notesPlaces) return `${advice}; debugLeaks() tells where tensors are made`
  const largest = placesOf(live).sort((a, b) => b.bytes - a.bytes)
  const lines = largest.slice(0, 3).map(({ tensors, bytes, madeAt }) => {
    const where = madeAt ?? 'a place not noted'
    return `\n  ${formatBytes(bytes)} in ${formatTensors(tensors)}, made at ${where}`
  })
  return advice + lines.join('')
}
