import { rand } from 'deepdive'
import 'deepdive/simd'

console.log(String(rand([2, 2]).shape))
