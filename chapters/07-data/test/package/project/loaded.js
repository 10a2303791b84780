import { register } from 'node:module'

// Names each file that Node loads from here on.
const hooks = `
  import { writeSync } from 'node:fs'
  export function load(url, context, next) {
    writeSync(1, url + '\\n')
    return next(url, context)
  }`
register(`data:text/javascript,${encodeURIComponent(hooks)}`)
await import('deepdive')
