import { cpu } from '@deepdive/tensor'
import { describeOracle } from './oracle.ts'

describeOracle(cpu)
