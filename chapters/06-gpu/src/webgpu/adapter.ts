import { checkWord, DeviceError } from '@deepdive/tensor'
import { findGpu } from '#gpu'
import type { AdapterOptions } from './adapter-options.ts'

const powerPreferences = ['low-power', 'high-performance'] as const

/** Without these a device has what every adapter can, and no more. */
const wantedLimits = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
] as const

const wantedFeatures = ['shader-f16', 'subgroups', 'timestamp-query'] as const

/** A device of WebGPU with all that its adapter has and kernels can use. */
export async function openAdapter(
  options: AdapterOptions,
  find = findGpu,
): Promise<GPUDevice> {
  const { powerPreference = 'high-performance', adapter: name } = options
  checkWord('device', 'powerPreference', powerPreference, powerPreferences)
  const gpu = await find(name)
  const adapter = await gpu.requestAdapter({ powerPreference }).catch((error) => {
    throw new DeviceError(
      `device: adapter is '${name}': it must be a part of an adapter's name: ` +
        error.message,
    )
  })
  if (!adapter) {
    throw new DeviceError(
      "device: 'webgpu' finds no adapter on this machine: it needs a graphics card " +
        'with its driver (Vulkan, Metal or Direct3D 12), or a program that stands in ' +
        'for one, as SwiftShader does',
    )
  }
  const limits = wantedLimits.map((limit) => [limit, adapter.limits[limit]])
  return adapter.requestDevice({
    requiredLimits: Object.fromEntries(limits),
    requiredFeatures: wantedFeatures.filter((name) => adapter.features.has(name)),
  })
}
