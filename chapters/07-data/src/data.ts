// Data sets, what reads them, and what turns them into batches

export * from './datasets/index.ts'
export * from './loader/index.ts'
export * from './sources/index.ts'
export * as transforms from './transforms/index.ts'

// Models in files

export * from './files/index.ts'
