import { describeKernels } from '../properties/describe-kernels.ts'
import { gpu } from './gpu.ts'

describeKernels(gpu, {
  numRuns: 20,
  // Below 2⁻¹²⁶ a GPU may take a number for 0.
  rounding: { relative: 1e-6, absolute: 2 ** -126 },
})
