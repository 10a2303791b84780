import './simd.setup.ts'
import { setNumThreads } from '../src/index.ts'

setNumThreads(2)
