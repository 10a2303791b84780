import { findGpu } from '../../src/webgpu/adapter-node.ts'
import { WebGpuDevice } from '../../src/webgpu/webgpu-device.ts'
import { describeKernels } from '../properties/describe-kernels.ts'

// A device that was asked for nothing has what every adapter has: eight buffers for a
// kernel, 16 KB for a workgroup to share, and no features.
const adapter = await (await findGpu()).requestAdapter()
const raw = await adapter?.requestDevice()
if (!raw) throw new Error('this machine has no adapter')

describeKernels(new WebGpuDevice(raw), {
  numRuns: 3,
  // Below 2⁻¹²⁶ a GPU may take a number for 0.
  rounding: { relative: 1e-6, absolute: 2 ** -126 },
})
