export { linear } from './linear.ts'
export * from './losses/index.ts'
