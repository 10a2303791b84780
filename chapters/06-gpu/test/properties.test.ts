import { describeKernels } from './properties/describe-kernels.ts'
import './simd.setup.ts'
import { cpu } from '@deepdive/tensor'

describeKernels(cpu, {
  numRuns: 100,
  rounding: { relative: 5e-7, absolute: 3e-45 },
})
