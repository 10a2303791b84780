// What of index.ts runs in a page: it reads no files of its own, and counts no buffers.
export * from './fixtures.ts'
export * from './layouts.ts'
export { message } from './message.ts'
export * from './operation-case.ts'
export * from './read-fixtures-browser.ts'
