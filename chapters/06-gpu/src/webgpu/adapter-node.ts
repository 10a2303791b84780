import { DeviceError } from '@deepdive/tensor'

/** Dawn, which the package wraps, must outlive all devices that come from it. */
const found = new Map<string, GPU>()

const options = [
  // Kernels write what a workgroup shares before they read it: zeros would cost time,
  // most of all a program that stands in for a GPU, which compiles them one by one.
  'enable-dawn-features=disable_workgroup_init',
  // Rounded, as in browsers, timestamps would hide what takes less than 0.1 ms.
  'disable-dawn-features=timestamp_quantization',
]

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
  const gpu = dawn.create(adapter ? [`adapter=${adapter}`, ...options] : options)
  found.set(adapter, gpu)
  return gpu
}
