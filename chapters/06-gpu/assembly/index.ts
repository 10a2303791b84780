export * from './memory'
export * from './matmul'
