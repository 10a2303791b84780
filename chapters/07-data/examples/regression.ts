// Predicts the rents of flats from a table (CSV) of numbers, words and gaps.
//   --file FILE   another table with the same columns (default: flats.csv, made up)
//   --epochs N    how often to go through it (default 100)
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import {
  cat,
  data,
  evaluate,
  fit,
  manualSeed,
  metrics,
  nn,
  noGrad,
  optim,
  randperm,
  type Tensor,
} from 'deepdive'

const flats = fileURLToPath(new URL('flats.csv', import.meta.url))
const { values } = parseArgs({
  options: {
    file: { type: 'string', default: flats },
    epochs: { type: 'string', default: '100' },
  },
})
const epochs = Number(values.epochs)
manualSeed(1)

const table = await data.csv(values.file, {
  columns: {
    area: 'float32',
    rooms: 'float32',
    floor: { type: 'float32', fill: 'median' },
    built: { type: 'float32', fill: 'median' },
    district: 'category',
    rent: 'float32',
  },
})
const districts = table.columns.district.words

// A fifth of all flats, picked at random, is kept apart for testing.
const testCount = Math.round(table.length / 5)
const order = randperm(table.length)
const [testRows, trainRows] = [order.slice(0, 0, testCount), order.slice(0, testCount)]

/** Columns brought to a mean of 0 and a std of 1, as the flats to learn from have them. */
function standardize(columns: Tensor) {
  const known = columns.indexSelect(0, trainRows)
  const [mean, std] = [known.mean(0), known.std(0)]
  return { mean, std, scaled: columns.sub(mean).div(std) }
}

const numbers = standardize(table.tensor(['area', 'rooms', 'floor', 'built']))
const rents = standardize(table.tensor(['rent']))
const oneHot = data.transforms.oneHot(districts.length)
const inputs = cat([numbers.scaled, oneHot(table.tensor('district'))], 1)

const samples = new data.TensorDataset(inputs, rents.scaled)
const rowsOf = (rows: Tensor) => new data.Subset(samples, rows.toTypedArray())
const train = new data.DataLoader(rowsOf(trainRows), { batchSize: 32, shuffle: true })
const test = new data.DataLoader(rowsOf(testRows), { batchSize: 100 })

const scores = {
  loss: nn.functional.mseLoss,
  metrics: { r2: new metrics.R2Score() },
}

/** Trains a model, and says how well it predicts rents that it has not seen. */
async function learn(name: string, model: nn.Sequential): Promise<void> {
  const optimizer = new optim.AdamW(model.parameters(), { lr: 5e-3, weightDecay: 0.1 })
  const totalSteps = epochs * (await train.length)
  const schedule = new optim.CosineAnnealingLR(optimizer, totalSteps)
  await fit(model, { ...scores, train, optimizer, schedule, epochs, progress: false })
  const { r2, loss } = await evaluate(model, test, scores)
  const error = Math.sqrt(loss) * rents.std.item()
  console.log(`${name}: R² ${Number(r2).toFixed(3)}, typical error ${error.toFixed(0)}`)
}

const width = inputs.size(1)
const network = new nn.Sequential(
  new nn.Linear(width, 32),
  new nn.ReLU(),
  new nn.Linear(32, 32),
  new nn.ReLU(),
  new nn.Linear(32, 1),
)
console.log(`${trainRows.numel()} flats to learn from, ${testCount} to be tested on`)
await learn('linear regression', new nn.Sequential(new nn.Linear(width, 1)))
await learn('a small network', network)

const some = testRows.slice(0, 0, 5)
const guesses = noGrad(() => network.forward(inputs.indexSelect(0, some)))
const predicted = guesses.mul(rents.std).add(rents.mean).toTypedArray()
console.log()
for (const [n, row] of some.toTypedArray().entries()) {
  const { area, built, district, rent } = table.get(row)
  const flat = `${area} m², built ${built}, ${districts[district]}`
  console.log(`${flat}: predicted ${predicted[n].toFixed(0)}, is ${rent}`)
}
