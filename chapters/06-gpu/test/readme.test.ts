import * as autograd from '@deepdive/autograd'
import * as nn from '@deepdive/nn'
import { testReadme } from '@deepdive/testing'
import * as gpu from '../src/index.ts'

testReadme(import.meta.url, { ...autograd, ...nn, ...gpu })
