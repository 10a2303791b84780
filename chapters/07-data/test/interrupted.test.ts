import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'deepdive-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the job, and presses Ctrl-C when it has written some lines. */
async function run(checkpoint: string, linesToGo = Infinity) {
  const script = fileURLToPath(new URL('interrupted-job.ts', import.meta.url))
  const loader = [
    '--conditions=deepdive-source',
    '--import',
    import.meta.resolve('tsx'),
  ]
  const args = [...loader, script, join(folder, checkpoint)]
  const job: ChildProcess = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(job, 'exit')
  const lines: string[] = []
  if (!job.stdout) throw new Error('there is no output to read')
  for await (const line of createInterface(job.stdout)) {
    if (lines.push(line) === linesToGo) job.kill('SIGINT')
  }
  await exit
  return { lines, signal: job.signalCode }
}

test('Ctrl-C ends training after a step, and resume goes on from there', async () => {
  const whole = await run('whole')
  expect(whole.lines.at(-1)).toMatch(/^weights /)

  const first = await run('cut', 12)
  expect(first.signal).toBe('SIGINT')
  const [last, words] = first.lines.slice(-2)
  const step = Number(last.replace('step ', ''))
  expect(words).toBe(
    `interrupted after step ${step}: checkpoint: { resume: true } goes on there`,
  )
  const second = await run('cut')
  expect(second.lines.slice(0, 2)).toEqual([
    `going on after step ${step}`,
    `step ${step + 1}`,
  ])
  expect(second.lines.at(-1)).toBe(whole.lines.at(-1))
  expect(second.signal).toBe(null)
}, 120_000)
