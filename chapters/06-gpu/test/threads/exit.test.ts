import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

test('a program that has used threads ends by itself', () => {
  const code = `
    import { rand } from '@deepdive/tensor'
    import { getNumThreads, setNumThreads } from './src/index.ts'
    setNumThreads(3)
    const x = rand([300, 300])
    for (let i = 0; i < 10; i++) x.matmul(x)
    console.log(getNumThreads(), 'threads')
  `
  const loader = [
    '--conditions=deepdive-source',
    '--import',
    import.meta.resolve('tsx'),
  ]
  const { stdout, status } = spawnSync(
    process.execPath,
    [...loader, '--input-type=module', '--eval', code],
    { cwd: new URL('../../', import.meta.url), encoding: 'utf8', timeout: 20_000 },
  )
  expect(stdout).toBe('3 threads\n')
  expect(status).toBe(0)
})
