import './simd/install.ts'
export { type GpuDevice, device } from './webgpu/device.ts'
export type { AdapterOptions } from './webgpu/adapter.ts'
export type { DeviceInfo, DeviceLimits } from './webgpu/info.ts'
