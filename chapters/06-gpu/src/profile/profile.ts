import type { Module } from '@deepdive/nn'
import {
  checkDevice,
  type Device,
  getDefaultDevice,
  ValueError,
} from '@deepdive/tensor'
import type { WebGpuDevice } from '../webgpu/webgpu-device.ts'
import type { Clock } from './clock.ts'
import { KernelClock } from './kernel-clock.ts'
import { Layers } from './layers.ts'
import { ProfileReport } from './report.ts'

export interface ProfileOptions {
  /** The device to be looked at. Default: the model's, or else the default device. */
  readonly device?: Device
  /** A model whose layers are told apart, as they compute forwards. Default: none. */
  readonly model?: Module
}

let running = false

/**
 * Runs `fn`, which may be asynchronous, and tells how long each operation took on a
 * device: on the `cpu` by a stop-watch around its kernels; on `webgpu` by the GPU's own
 * timestamps where it has them, else by waiting for each. That slows `fn` down
 * somewhat; before and after it costs nothing.
 *
 * @throws ValueError where another one runs.
 * @throws DeviceError where `device` is none.
 * @example
 * const model = new Sequential({ fc1: new Linear(64, 32), fc2: new Linear(32, 1) })
 * const x = ones([8, 64])
 * const report = await profile(() => model.forward(x).sum().backward(), { model })
 * report.operations.some(({ layer }) => layer === 'fc1') // → true
 */
export async function profile(
  fn: () => unknown,
  { model, device = deviceOf(model) }: ProfileOptions = {},
): Promise<ProfileReport> {
  if (running) {
    throw new ValueError(
      'profile: another profile is running: await it before this one',
    )
  }
  checkDevice('profile', device)
  const layers = new Layers(model)
  const start = performance.now()
  const clock = startClock(device, () => layers.current)
  running = true
  try {
    await fn()
  } catch (error) {
    // What has failed first says more than a clock that cannot be read for it.
    await Promise.allSettled([clock.stop()])
    throw error
  } finally {
    running = false
    layers.remove()
  }
  const runs = await clock.stop()
  return new ProfileReport(device.name, clock.kind, performance.now() - start, runs)
}

/** Where a model's first tensor is; the default device if it has none. */
function deviceOf(model: Module | undefined): Device {
  const [first] = [...(model?.parameters() ?? []), ...(model?.buffers() ?? [])]
  return first?.device ?? getDefaultDevice()
}

function startClock(device: Device, layer: () => string): Clock {
  return hasClock(device) ? device.startClock(layer) : new KernelClock(device, layer)
}

/** Whether a device has a clock of its own, as a GPU has. */
function hasClock(device: Device): device is Device & Pick<WebGpuDevice, 'startClock'> {
  return 'startClock' in device
}
