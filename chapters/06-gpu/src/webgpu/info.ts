import type { DeviceInfo } from './device-info.ts'

export function infoOf({ adapterInfo, features, limits }: GPUDevice): DeviceInfo {
  const { vendor, architecture, description, device, isFallbackAdapter } = adapterInfo
  return {
    vendor,
    architecture,
    description: description || device,
    isFallback: isFallbackAdapter,
    features: [...features].sort(),
    limits: {
      maxTensorBytes: Math.min(
        limits.maxStorageBufferBindingSize,
        limits.maxBufferSize,
      ),
      maxBuffers: limits.maxStorageBuffersPerShaderStage,
      maxInvocations: limits.maxComputeInvocationsPerWorkgroup,
      maxSharedBytes: limits.maxComputeWorkgroupStorageSize,
    },
  }
}
