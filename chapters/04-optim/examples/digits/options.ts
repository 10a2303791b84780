import { parseArgs } from 'node:util'
import type { Parameter } from '@deepdive/nn'
import { Adagrad, Adam, AdamW, type Optimizer, RMSprop, SGD } from '@deepdive/optim'
import { positive, readFlags, whole } from './flags.ts'

type MakeOptimizer = (parameters: Parameter[], lr: number) => Optimizer

/** Each with the learning rate that suits it here. */
const optimizers: Readonly<Record<string, { lr: number; make: MakeOptimizer }>> = {
  adam: { lr: 5e-3, make: (parameters, lr) => new Adam(parameters, { lr }) },
  adamw: { lr: 5e-3, make: (parameters, lr) => new AdamW(parameters, { lr }) },
  sgd: {
    lr: 0.1,
    make: (parameters, lr) => new SGD(parameters, { lr, momentum: 0.9 }),
  },
  rmsprop: { lr: 5e-3, make: (parameters, lr) => new RMSprop(parameters, { lr }) },
  adagrad: { lr: 0.1, make: (parameters, lr) => new Adagrad(parameters, { lr }) },
}

const names = Object.keys(optimizers).join(', ')

const help = `Trains a network of 784-256-10 neurons on handwritten digits.

  --epochs N        how often to go through all digits (default 6)
  --optimizer NAME  ${names} (default adam)
  --lr NUMBER       the highest learning rate (default: what suits the optimizer)
  --batch N         digits in a step (default 64)
  --seed N          what all random numbers start from (default 1)
  --help            this text`

export interface DigitsOptions {
  readonly epochs: number
  readonly batchSize: number
  readonly lr: number
  readonly seed: number
  readonly makeOptimizer: MakeOptimizer
}

/** What the command line asks for; says so and exits where that makes no sense. */
export function readOptions(): DigitsOptions {
  return readFlags('digits', help, parse)
}

function parse(args: string[]): DigitsOptions {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args,
    options: {
      epochs: { ...text, default: '6' },
      optimizer: { ...text, default: 'adam' },
      lr: text,
      batch: { ...text, default: '64' },
      seed: { ...text, default: '1' },
    },
  })
  if (!Object.hasOwn(optimizers, values.optimizer)) {
    throw new Error(`--optimizer ${values.optimizer} is none of ${names}`)
  }
  const optimizer = optimizers[values.optimizer]
  return {
    epochs: whole('epochs', values.epochs, 1),
    batchSize: whole('batch', values.batch, 1),
    lr: values.lr === undefined ? optimizer.lr : positive('lr', values.lr),
    seed: whole('seed', values.seed, 0),
    makeOptimizer: optimizer.make,
  }
}
