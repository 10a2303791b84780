export { runExample, testExamples } from './examples.ts'
export * from './fixtures.ts'
export { undocumented } from './undocumented.ts'
