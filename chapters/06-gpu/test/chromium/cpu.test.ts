import { cpu } from '@deepdive/tensor'
import '../simd.setup.ts'
import { describeConformance } from '../conformance.ts'
import { describeGradients } from '../properties/describe-gradients.ts'
import { describeKernels } from '../properties/describe-kernels.ts'

describeConformance(cpu)
describeKernels(cpu, {
  numRuns: 25,
  rounding: { relative: 5e-7, absolute: 3e-45 },
})
describeGradients(cpu, 5)
