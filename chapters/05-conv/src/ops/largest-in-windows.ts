import type { Op } from '@deepdive/autograd'
import { type Window, windowCount } from '../window.ts'
import { windowKernel } from './windows.ts'

/**
 * Where in its plane the largest element of each window stands, int32: [N, C, o₁, o₂].
 */
export const largestInWindows = (op: string, window: Window): Op => ({
  name: 'largestInWindows',
  settings: { window },
  forward: (x) => {
    const find = windowKernel(op, x.device, 'largestInWindows')
    const lead = x.ndim - window.length
    const counts = window.map((axis, n) => windowCount(op, axis, x.shape[lead + n]))
    const out = x.newEmpty([...x.shape.slice(0, lead), ...counts], 'int32')
    find(x.contiguous(), window, out)
    return out
  },
})
