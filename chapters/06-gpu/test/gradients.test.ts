import { cpu } from '@deepdive/tensor'
import './simd.setup.ts'
import { describeGradients } from './properties/describe-gradients.ts'

describeGradients(cpu, 20)
