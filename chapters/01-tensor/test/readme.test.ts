import { testReadme } from '@deepdive/testing'
import * as tensor from '../src/index.ts'

testReadme(import.meta.url, tensor)
