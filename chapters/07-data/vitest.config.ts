export { config as default } from '../../tools/testing/vitest.config.ts'
