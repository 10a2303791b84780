import { device } from '../../src/index.ts'

/** One device for all tests, so that each pipeline is compiled once. */
export const gpu = await device('webgpu')
