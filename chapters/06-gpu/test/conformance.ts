import type { Device } from '@deepdive/tensor'
import { describeOracle as chapterOne } from '../../01-tensor/test/oracle.ts'
import { describeOracle as chapterTwo } from '../../02-autograd/test/oracle.ts'
import { describeOracle as chapterThree } from '../../03-nn/test/oracle.ts'
import { describeOracle as chapterFour } from '../../04-optim/test/oracle.ts'
import { describeOracle as chapterFive } from '../../05-conv/test/oracle.ts'

const oracles = [chapterOne, chapterTwo, chapterThree, chapterFour, chapterFive]

/** All that PyTorch computed for chapters 1 to 5, computed on `device`. */
export function describeConformance(device: Device): void {
  for (const describeOracle of oracles) describeOracle(device)
}
