// Learns to write like a text, letter by letter: a small transformer.
//   --text FILE        what to learn from (default: the words of this course)
//   --steps N          how many batches to learn from (default 3000)
//   --context N        how many letters it looks back at (default 48)
//   --length N         how many letters to write in the end (default 600)
//   --temperature T    below 1 it writes what it is sure of, above 1 it dares (default 0.6)
//   --seed N           what all random numbers start from (default 1)
import { readdirSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import {
  arange,
  data,
  fit,
  Generator,
  manualSeed,
  multinomial,
  nn,
  noGrad,
  optim,
  type Tensor,
  tensor,
} from 'deepdive'

const { values } = parseArgs({
  options: {
    text: { type: 'string' },
    steps: { type: 'string', default: '3000' },
    context: { type: 'string', default: '48' },
    length: { type: 'string', default: '600' },
    temperature: { type: 'string', default: '0.6' },
    seed: { type: 'string', default: '1' },
  },
})
const steps = Number(values.steps)
const context = Number(values.context)
const seed = Number(values.seed)
manualSeed(seed)

/** What this course says: its pages and docstrings, without headings, tables and code. */
function courseText(): string {
  const chapters = new URL('../../', import.meta.url)
  const names = readdirSync(chapters, { recursive: true, encoding: 'utf8' }).sort()
  const read = (name: string) => readFileSync(new URL(name, chapters), 'utf8')
  const pages = names
    .filter((name) => /^[^/\\]+.README\.md$/.test(name))
    .map((name) => read(name).replaceAll(/^(\||#| {4}).*\n/gm, ''))
  const docstrings = names
    .filter((name) => /^[^/\\]+.src.*\.ts$/.test(name))
    .flatMap((name) => [
      ...read(name).matchAll(/^\/\*\*\s+(?:\* )?([^@]*?)\s+(?:\*\/|\* @)/gm),
    ])
    .map(([, words]) => words.replaceAll(/\n \* ?/g, '\n'))
  return [...pages, ...docstrings]
    .join('\n\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

const text = values.text ? await data.readText(values.text) : courseText()
const letters = data.Characters.of(text)
const numbers = letters.encode(text)
console.log(
  `${numbers.numel()} letters to learn from, ${letters.all.length} of them different`,
)

const [width, heads, layers, batchSize] = [64, 4, 2, 16]

/** Looks back at what was written, then thinks about each letter (Vaswani et al. 2017). */
class Block extends nn.Module {
  readonly norm1 = new nn.LayerNorm(width)
  readonly attention = new nn.MultiheadAttention(width, heads, { batchFirst: true })
  readonly norm2 = new nn.LayerNorm(width)
  readonly mlp = new nn.Sequential(
    new nn.Linear(width, 4 * width),
    new nn.GELU(),
    new nn.Linear(4 * width, width),
  )

  forward(x: Tensor): Tensor {
    const seen = this.norm1.forward(x)
    const [found] = this.attention.forward(seen, seen, seen, {
      isCausal: true,
      needWeights: false,
    })
    const informed = x.add(found)
    return informed.add(this.mlp.forward(this.norm2.forward(informed)))
  }
}

/** Letters [N, T] to logits of the letter after each, [N, T, letters]. */
class Writer extends nn.Module {
  readonly letters = new nn.Embedding(letters.all.length, width)
  readonly places = new nn.Embedding(context, width)
  readonly blocks = new nn.Sequential(
    ...Array.from({ length: layers }, () => new Block()),
  )
  readonly norm = new nn.LayerNorm(width)
  readonly head = new nn.Linear(width, letters.all.length)

  forward(x: Tensor): Tensor {
    const places = this.places.forward(arange(x.size(1)))
    const read = this.blocks.forward(this.letters.forward(x).add(places))
    return this.head.forward(this.norm.forward(read))
  }
}

const windows = new data.TextWindows(numbers, context)
const numSamples = steps * batchSize
const sampler = new data.RandomSampler(windows, { numSamples, replacement: true })

const model = new Writer()
const optimizer = new optim.AdamW(model.parameters(), { weightDecay: 0.1 })
await fit(model, {
  train: new data.DataLoader(windows, { batchSize, sampler }),
  loss: (logits: Tensor, next: Tensor) =>
    nn.functional.crossEntropy(logits.flatten(0, 1), next.flatten()),
  optimizer,
  schedule: new optim.OneCycleLR(optimizer, 5e-3, { totalSteps: steps }),
  clipGradNorm: 1,
  epochs: 1,
})

/** Writes on from `start`, one letter after another, each drawn by its probability. */
function write(start: string, length: number, temperature: number): string {
  const generator = new Generator(seed)
  const written = Array.from(letters.encode(start).toTypedArray())
  for (let n = 0; n < length; n++) {
    const seen = tensor([written.slice(-context)], { dtype: 'int32' })
    const logits = noGrad(() => model.forward(seen).at(0, -1))
    const probabilities = logits.div(temperature).softmax(0)
    written.push(multinomial(probabilities, 1, { generator }).item())
  }
  return letters.decode(written)
}

const start = [...text].slice(0, 10).join('')
console.log(`\n${write(start, Number(values.length), Number(values.temperature))}`)
