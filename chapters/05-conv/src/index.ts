import './cpu/install.ts'

export type { PerAxis, Window, WindowAxis } from './window.ts'
export { type Images, type NaiveConvOptions, naiveConv2d } from './naive.ts'
export * as functional from './functional/index.ts'
