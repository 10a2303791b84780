import { cpu } from '../src/index.ts'
import { describeOracle } from './oracle.ts'

describeOracle(cpu)
