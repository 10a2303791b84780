import { device } from '../../src/index.ts'
import { describeConformance } from '../conformance.ts'
import { describeGradients } from '../properties/describe-gradients.ts'
import { describeKernels } from '../properties/describe-kernels.ts'

const gpu = await device('webgpu')

describeConformance(gpu)
describeKernels(gpu, {
  numRuns: 5,
  // Below 2⁻¹²⁶ a GPU may take a number for 0.
  rounding: { relative: 1e-6, absolute: 2 ** -126 },
})
describeGradients(gpu, 2)
