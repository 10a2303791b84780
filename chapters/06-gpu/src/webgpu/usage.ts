/** What a buffer is for: `GPUBufferUsage`, which is no global in Node. */
export const usage = {
  mapRead: 0x1,
  copySource: 0x4,
  copyTarget: 0x8,
  uniform: 0x40,
  storage: 0x80,
  queryResolve: 0x200,
} as const

/** What stands before the elements that are read: a note of what went wrong. */
export const noteBytes = 16

/**
 * How many bytes a tensor may have: a kernel must see all of it, in whole vectors of
 * four numbers, and a buffer that it is read by must have room for the note as well.
 */
export function mostBytes(limits: GPUSupportedLimits): number {
  const { maxStorageBufferBindingSize, maxBufferSize } = limits
  const most = Math.min(maxStorageBufferBindingSize, maxBufferSize - noteBytes)
  return Math.floor(most / 16) * 16
}

/** `GPUMapMode.READ` */
export const mapForReading = 0x1

/** `GPUShaderStage.COMPUTE` */
export const computeStage = 0x4
