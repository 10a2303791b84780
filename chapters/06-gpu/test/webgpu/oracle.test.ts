import { describeConformance } from '../conformance.ts'
import { gpu } from './gpu.ts'

describeConformance(gpu)
