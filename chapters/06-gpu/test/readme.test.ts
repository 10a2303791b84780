import * as autograd from '@deepdive/autograd'
import { testReadme } from '@deepdive/testing'
import * as gpu from '../src/index.ts'

testReadme(import.meta.url, { ...autograd, ...gpu })
