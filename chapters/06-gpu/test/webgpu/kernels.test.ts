import '../properties/plain.ts'
import { device } from '../../src/webgpu/device.ts'
import { describeKernels } from '../properties/describe-kernels.ts'

describeKernels(await device('webgpu'), {
  numRuns: 20,
  // Below 2⁻¹²⁶ a GPU may take a number for 0.
  rounding: { relative: 1e-6, absolute: 2 ** -126 },
})
