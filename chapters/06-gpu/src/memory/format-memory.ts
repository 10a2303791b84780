const units = ['bytes', 'KB', 'MB', 'GB', 'TB']

/** 1536 → 1.5 KB; a KB is 1024 bytes here. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`
  const power = Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10))
  return `${(bytes / 1024 ** power).toFixed(1)} ${units[power]}`
}

/** `1 tensor`, `2 tensors`. */
export function formatTensors(count: number): string {
  return `${count} ${count === 1 ? 'tensor' : 'tensors'}`
}

/** `1 tensor holds 4 bytes`, `2 tensors hold 8 bytes`. */
export function formatHeld(tensors: number, bytes: number): string {
  const verb = tensors === 1 ? 'holds' : 'hold'
  return `${formatTensors(tensors)} ${verb} ${formatBytes(bytes)}`
}
