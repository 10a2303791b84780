// Trains, with a checkpoint after each step, until it is done or killed; goes on from
// where the last one stood: killed-job.ts CHECKPOINT STEPS
import { existsSync } from 'node:fs'
import { data, manualSeed, zeros } from '../src/index.ts'
import { train, training, weights } from './training.ts'

const [path, steps] = process.argv.slice(2)

manualSeed(1)
const job = training()
// In so many pieces that most of the time goes into writing them.
const ballast = Array.from({ length: 400 }, () => zeros([1000]))
const { step: start } = existsSync(path)
  ? await data.loadCheckpoint(path, { ...job, step: 0 })
  : { step: 0 }
console.log(`step ${start}`)
await train(job, start, Number(steps), async (step) => {
  await data.saveCheckpoint({ ...job, step, ballast }, path)
  console.log(`step ${step}`)
})
console.log(`weights ${weights(job)}`)
