/** What a GPU says of itself. */
export interface DeviceInfo {
  /** Who made it: `nvidia`. */
  readonly vendor: string
  /** Its family: `hopper`. */
  readonly architecture: string
  /** What it is called, where it says so. */
  readonly description: string
  /** Whether it is a program that stands in for a GPU, as SwiftShader is. */
  readonly isFallback: boolean
  /** What it can do beyond what every adapter can: `shader-f16`. */
  readonly features: readonly string[]
  readonly limits: DeviceLimits
}

/** What bounds the size of tensors, and the speed of kernels. */
export interface DeviceLimits {
  /** How many bytes a tensor may have. */
  readonly maxTensorBytes: number
  /** How many buffers a kernel may see. */
  readonly maxBuffers: number
  /** How many invocations a workgroup may have. */
  readonly maxInvocations: number
  /** How much memory the invocations of a workgroup may share, in bytes. */
  readonly maxSharedBytes: number
}
