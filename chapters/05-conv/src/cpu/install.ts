import { cpu } from '@deepdive/tensor'
import '../kernels.ts'
import { largestInWindows } from './largest-in-windows.ts'
import { addWindows, gatherWindows } from './windows.ts'

// Importing this chapter teaches the `cpu` its kernels; faster ones that it has stay.
cpu.kernels.gatherWindows ??= gatherWindows
cpu.kernels.addWindows ??= addWindows
cpu.kernels.largestInWindows ??= largestInWindows
