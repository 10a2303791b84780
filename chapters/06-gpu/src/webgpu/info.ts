import type { DeviceInfo } from './device-info.ts'
import { mostBytes } from './usage.ts'

/** Not all browsers say all of it. */
export function infoOf({ adapterInfo, features, limits }: GPUDevice): DeviceInfo {
  const said: Partial<GPUAdapterInfo> = adapterInfo ?? {}
  return {
    vendor: said.vendor ?? '',
    architecture: said.architecture ?? '',
    description: said.description || said.device || '',
    isFallback: said.isFallbackAdapter ?? false,
    features: [...features].sort(),
    limits: {
      maxTensorBytes: mostBytes(limits),
      maxBuffers: limits.maxStorageBuffersPerShaderStage,
      maxInvocations: limits.maxComputeInvocationsPerWorkgroup,
      maxSharedBytes: limits.maxComputeWorkgroupStorageSize,
    },
  }
}
