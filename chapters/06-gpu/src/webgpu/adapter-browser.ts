import { DeviceError } from '@deepdive/tensor'

/** WebGPU as pages and workers have it: `navigator.gpu`, where a page is secure. */
export async function findGpu(): Promise<GPU> {
  const gpu: GPU | undefined = globalThis.navigator?.gpu
  if (gpu) return gpu
  throw new DeviceError(
    "device: 'webgpu' needs navigator.gpu, which is missing: use a browser that has " +
      'WebGPU, and a page from https:// or localhost',
  )
}
