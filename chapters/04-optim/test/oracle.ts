import type { Device } from '@deepdive/tensor'
import { describeChainedSchedules } from './chained-schedules-oracle.ts'
import { describeClipping } from './clip-oracle.ts'
import { describeOptimizers } from './optimizers-oracle.ts'
import { describeSchedules } from './schedules-oracle.ts'

/** Compares all of the chapter, computing on `device`, with what PyTorch computed. */
export function describeOracle(device: Device): void {
  describeOptimizers(device)
  describeClipping(device)
  describeSchedules(device)
  describeChainedSchedules(device)
}
