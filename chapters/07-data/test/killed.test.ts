import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { data } from '../src/index.ts'

const steps = 100
const kills = 10
let folder = ''

/** In one piece, a job starts in no time. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deepdive-killed-'))
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, resolve: { conditions: ['deepdive-source', 'node'] } },
    build: {
      ssr: fileURLToPath(new URL('killed-job.ts', import.meta.url)),
      outDir: join(folder, 'job'),
    },
  })
}, 60_000)
afterAll(() => rm(folder, { recursive: true }))

function start(checkpoint: string): ChildProcess {
  const script = join(folder, 'job/killed-job.js')
  const args = [script, join(folder, checkpoint), String(steps)]
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** The lines that a job writes; each may kill it. */
async function run(
  job: ChildProcess,
  listen: (line: string) => void = () => {},
): Promise<string[]> {
  const lines: string[] = []
  const exit = once(job, 'exit')
  if (!job.stdout) throw new Error('there is no output to read')
  for await (const line of createInterface(job.stdout)) {
    lines.push(line)
    listen(line)
  }
  await exit
  return lines
}

test('a job that is killed ten times ends as one that never was', async () => {
  const whole = await run(start('whole.safetensors'))
  expect(whole.length).toBe(steps + 2)

  const checkpoint = 'killed.safetensors'
  let done = 0
  for (let n = 0; n < kills; n++) {
    const job = start(checkpoint)
    let seen = 0
    const lines = await run(job, () => {
      // After a step at least, and then at any time within the next ones.
      if (++seen === 2) wait(Math.random() * 50).then(() => job.kill('SIGKILL'))
    })
    expect(job.signalCode).toBe('SIGKILL')
    const [first] = lines
    expect(Number(first.replace('step ', ''))).toBeGreaterThanOrEqual(done)
    const { step } = await data.readCheckpoint(join(folder, checkpoint))
    done = Number(step)
    expect(Number(lines.at(-1)?.replace('step ', ''))).toBeLessThanOrEqual(done)
  }
  const rest = await run(start(checkpoint))
  expect(rest[0]).toBe(`step ${done}`)
  expect(rest.at(-1)).toBe(whole.at(-1))
  expect(whole.at(-1)).toMatch(/^weights [0-9a-f]{64}$/)
}, 300_000)
