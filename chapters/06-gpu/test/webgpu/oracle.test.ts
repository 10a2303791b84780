import { describeOracle as chapterOne } from '../../../01-tensor/test/oracle.ts'
import { describeOracle as chapterTwo } from '../../../02-autograd/test/oracle.ts'
import { describeOracle as chapterThree } from '../../../03-nn/test/oracle.ts'
import { describeOracle as chapterFour } from '../../../04-optim/test/oracle.ts'
import { describeOracle as chapterFive } from '../../../05-conv/test/oracle.ts'
import { gpu } from './gpu.ts'

const oracles = [chapterOne, chapterTwo, chapterThree, chapterFour, chapterFive]

for (const describeOracle of oracles) describeOracle(gpu)
