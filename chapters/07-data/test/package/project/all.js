import * as deepdive from 'deepdive'

console.log(Object.keys(deepdive).length)
