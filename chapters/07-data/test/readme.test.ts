import { testReadme } from '@deepdive/testing'
import * as deepdive from '../src/index.ts'
import { moveToOwnFolder } from './own-folder.ts'

moveToOwnFolder()
testReadme(import.meta.url, deepdive)
