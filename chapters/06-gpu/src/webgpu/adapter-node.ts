import { DeviceError } from '@deepdive/tensor'

/** Dawn, which the package wraps, must outlive all devices that come from it. */
const found = new Map<string, GPU>()

/** WebGPU as Node has it: from the package `webgpu`, if it is installed. */
export async function findGpu(
  adapter = '',
  load = () => import('webgpu'),
): Promise<GPU> {
  const known = found.get(adapter)
  if (known) return known
  const dawn = await load().catch(() => {
    throw new DeviceError(
      "device: 'webgpu' needs the package webgpu in Node, which is not installed: " +
        'npm install webgpu',
    )
  })
  // Rounded, as in browsers, timestamps would hide what takes less than 0.1 ms.
  const options = ['disable-dawn-features=timestamp_quantization']
  const gpu = dawn.create(adapter ? [`adapter=${adapter}`, ...options] : options)
  found.set(adapter, gpu)
  return gpu
}
