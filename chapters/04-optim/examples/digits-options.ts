import { parseArgs } from 'node:util'
import type { Parameter } from '@deepdive/nn'
import { Adagrad, Adam, AdamW, type Optimizer, RMSprop, SGD } from '@deepdive/optim'

const optimizers: Readonly<Record<string, (p: Parameter[], lr?: number) => Optimizer>> = {
  adam: (parameters, lr = 2e-3) => new Adam(parameters, { lr }),
  adamw: (parameters, lr = 2e-3) => new AdamW(parameters, { lr }),
  sgd: (parameters, lr = 0.1) => new SGD(parameters, { lr, momentum: 0.9 }),
  rmsprop: (parameters, lr = 1e-3) => new RMSprop(parameters, { lr }),
  adagrad: (parameters, lr = 2e-2) => new Adagrad(parameters, { lr }),
}

const help = `Trains a network of 784-128-10 neurons on handwritten digits.

  --epochs N        how often to go through all digits (default 5)
  --optimizer NAME  ${Object.keys(optimizers).join(', ')} (default adam)
  --lr NUMBER       the learning rate (default: what suits the optimizer)
  --batch N         digits in a step (default 64)
  --seed N          what all random numbers start from (default 1)
  --help            this text`

export interface DigitsOptions {
  readonly epochs: number
  readonly batchSize: number
  readonly seed: number
  readonly makeOptimizer: (parameters: Parameter[]) => Optimizer
}

/** What the command line asks for; says so and exits where that makes no sense. */
export function readOptions(): DigitsOptions {
  try {
    return parse(process.argv.slice(2))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    console.error(`digits: ${message}\n\n${help}`)
    process.exit(1)
  }
}

function parse(args: string[]): DigitsOptions {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args,
    options: {
      epochs: { ...text, default: '5' },
      optimizer: { ...text, default: 'adam' },
      lr: text,
      batch: { ...text, default: '64' },
      seed: { ...text, default: '1' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    console.log(help)
    process.exit(0)
  }
  const make = Object.hasOwn(optimizers, values.optimizer) && optimizers[values.optimizer]
  if (!make) {
    const known = Object.keys(optimizers).join(', ')
    throw new Error(`--optimizer ${values.optimizer} is none of ${known}`)
  }
  const lr = values.lr === undefined ? undefined : positive('lr', values.lr)
  return {
    epochs: whole('epochs', values.epochs, 1),
    batchSize: whole('batch', values.batch, 1),
    seed: whole('seed', values.seed, 0),
    makeOptimizer: (parameters) => make(parameters, lr),
  }
}

function whole(flag: string, text: string, least: number): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least) return value
  throw new Error(`--${flag} ${text} must be a whole number, ${least} or more`)
}

function positive(flag: string, text: string): number {
  const value = Number(text)
  if (Number.isFinite(value) && value > 0) return value
  throw new Error(`--${flag} ${text} must be a number above 0`)
}
