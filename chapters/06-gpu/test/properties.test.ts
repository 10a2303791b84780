import { cpu } from '@deepdive/tensor'
import './simd.setup.ts'
import { describeKernels } from './properties/describe-kernels.ts'

describeKernels(cpu, {
  numRuns: 100,
  rounding: { relative: 5e-7, absolute: 3e-45 },
})
