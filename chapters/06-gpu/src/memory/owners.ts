import type { Storage } from '@deepdive/tensor'
import { type Allocation, allocationOf } from './allocation.ts'
import { currentFrame } from './open-frames.ts'

/** `Device.keep`, for devices whose memory is of allocations. */
export function keepStorage(storage: Storage, by?: Storage): void {
  allocationOf(storage)?.addOwner(by && allocationOf(by))
}

/** `Device.release`, for devices whose memory is of allocations. */
export function releaseStorage(storage: Storage, by?: Storage): void {
  const allocation = allocationOf(storage)
  if (!allocation) return
  allocation.removeOwner(by && allocationOf(by))
  leaveToScope(allocation)
}

/** What nobody holds any more, the open scope frees when it ends. */
export function leaveToScope(allocation: Allocation): void {
  if (!allocation.isHeld && !allocation.freed) currentFrame()?.take(allocation)
}
