import { checkWord, cpu, type Device, optionsOf } from '@deepdive/tensor'
import type { AdapterOptions } from './adapter-options.ts'
import type { DeviceInfo } from './device-info.ts'
import type { WebGpuDevice } from './webgpu-device.ts'

/** A GPU. Whatever is computed on it is recorded at once; only reading waits. */
export interface GpuDevice extends Device {
  readonly info: DeviceInfo
  /** Whether nothing can be computed here any more. */
  readonly lost: boolean
  /** Waits until all that was asked for is computed, as a measurement must. */
  synchronize(): Promise<void>
  /** Gives back all that it holds; its tensors are gone. */
  destroy(): void
}

/** The devices that were made, by their options. */
const open = new Map<string, Promise<WebGpuDevice>>()

/**
 * The device of that name: `'cpu'`, or `'webgpu'` for the GPU. The same options give
 * the same device as long as it lives.
 *
 * @throws DeviceError where there is no WebGPU, or no adapter: it says how to get one.
 * @example (await device('cpu')).name // → cpu
 */
export function device(name: 'cpu'): Promise<Device>
export function device(name: 'webgpu', options?: AdapterOptions): Promise<GpuDevice>
export async function device(
  name: 'cpu' | 'webgpu',
  options: AdapterOptions = {},
): Promise<Device> {
  if (name === 'cpu') return cpu
  checkWord('device', 'name', name, ['cpu', 'webgpu'])
  const { powerPreference = 'high-performance', adapter = '' } = optionsOf(
    'device',
    options,
  )
  return opened({ powerPreference, adapter })
}

async function opened(options: Required<AdapterOptions>): Promise<GpuDevice> {
  const key = JSON.stringify(options)
  const known = open.get(key)
  if (!known) {
    const made = make(options)
    open.set(key, made)
    return made
  }
  const device = await known.catch(() => undefined)
  if (device && !device.lost) return device
  // Of several who find that it is lost, the first makes a new one for all.
  if (open.get(key) === known) open.delete(key)
  return opened(options)
}

/** All that a GPU needs is loaded when there is one: a program on the cpu starts faster. */
async function make(options: AdapterOptions): Promise<WebGpuDevice> {
  const [{ openAdapter }, { WebGpuDevice }] = await Promise.all([
    import('./adapter.ts'),
    import('./webgpu-device.ts'),
  ])
  return new WebGpuDevice(await openAdapter(options))
}
