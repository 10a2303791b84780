import { testReadme } from '@deepdive/testing'
import * as deepdive from '../src/index.ts'

testReadme(import.meta.url, deepdive)
