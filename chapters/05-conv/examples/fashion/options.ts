import { parseArgs } from 'node:util'
import { positive, readFlags, whole } from '../../../04-optim/examples/digits/flags.ts'

const help = `Trains a small convolutional network on pictures of clothes.

  --data FOLDER  where Fashion-MNIST's four .gz files are (default: where Debian's
                 package dataset-fashion-mnist puts them)
  --train N      pictures to learn from (default 10000)
  --test N       pictures to be tested on (default 2000)
  --epochs N     how often to go through them (default 2)
  --lr NUMBER    the highest learning rate (default 0.005)
  --batch N      pictures in a step (default 64)
  --seed N       what all random numbers start from (default 1)
  --help         this text`

export interface FashionOptions {
  readonly data: string | undefined
  readonly trainCount: number
  readonly testCount: number
  readonly epochs: number
  readonly lr: number
  readonly batchSize: number
  readonly seed: number
}

/** What the command line asks for; says so and exits where that makes no sense. */
export function readOptions(): FashionOptions {
  return readFlags('fashion', help, parse)
}

function parse(args: string[]): FashionOptions {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args,
    options: {
      data: text,
      train: { ...text, default: '10000' },
      test: { ...text, default: '2000' },
      epochs: { ...text, default: '2' },
      lr: { ...text, default: '0.005' },
      batch: { ...text, default: '64' },
      seed: { ...text, default: '1' },
    },
  })
  return {
    data: values.data,
    trainCount: whole('train', values.train, 1),
    testCount: whole('test', values.test, 1),
    epochs: whole('epochs', values.epochs, 1),
    lr: positive('lr', values.lr),
    batchSize: whole('batch', values.batch, 1),
    seed: whole('seed', values.seed, 0),
  }
}
