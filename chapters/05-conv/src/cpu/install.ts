import { cpu } from '@deepdive/tensor'
import '../kernels.ts'
import { largestInWindows } from './largest-in-windows.ts'
import { addWindows, gatherWindows } from './windows.ts'

/** The kernels of this chapter; faster ones leave to them what lies oddly. */
export const plainWindows = { gatherWindows, addWindows, largestInWindows }

// Importing this chapter teaches the `cpu` its kernels; faster ones that it has stay.
cpu.kernels.gatherWindows ??= gatherWindows
cpu.kernels.addWindows ??= addWindows
cpu.kernels.largestInWindows ??= largestInWindows
