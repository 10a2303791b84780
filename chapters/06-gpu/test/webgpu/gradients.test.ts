import { describeGradients } from '../properties/describe-gradients.ts'
import { gpu } from './gpu.ts'

describeGradients(gpu, 4)
