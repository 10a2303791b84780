import { cat, stack, type Tensor } from '@deepdive/autograd'
import {
  checkCount,
  checkShare,
  isFloatingPoint,
  optionsOf,
  type Shape,
} from '@deepdive/tensor'
import { dropout } from '../functional/dropout.ts'
import { linear } from '../functional/linear.ts'
import { startWeight } from '../linear.ts'
import { Module } from '../module.ts'
import type { Parameter } from '../parameter.ts'
import type { Cell, State } from './cell.ts'
import { checkSequence, checkState } from './check.ts'
import { steps } from './steps.ts'
import { type Place, type WeightNames, weightNames } from './weight-names.ts'

export interface RecurrentOptions {
  /** How many layers, each reading the outputs of the one before. Default: 1. */
  readonly numLayers?: number
  /** Whether biases are added. Default: true. */
  readonly bias?: boolean
  /** Whether sequences are [N, L, inputSize] instead of [L, N, …]. Default: false. */
  readonly batchFirst?: boolean
  /**
   * The probability that an output is dropped on its way to the next layer. Default: 0.
   */
  readonly dropout?: number
  /** Whether each layer reads the sequence backwards too. Default: false. */
  readonly bidirectional?: boolean
}

interface Pass {
  readonly output: Tensor
  readonly end: State
}

/**
 * Layers that read a sequence step by step and remember. What they do in a step is up
 * to their cell; the rest is the same for all: directions, layers, and the shapes.
 */
export abstract class Recurrent extends Module {
  [weightIh: `weightIhL${Place}`]: Parameter
  [weightHh: `weightHhL${Place}`]: Parameter
  [biasIh: `biasIhL${Place}`]: Parameter | null
  [biasHh: `biasHhL${Place}`]: Parameter | null
  readonly inputSize: number
  readonly hiddenSize: number
  readonly numLayers: number
  readonly bias: boolean
  readonly batchFirst: boolean
  readonly dropout: number
  readonly bidirectional: boolean
  readonly #cell: Cell

  constructor(
    cell: Cell,
    inputSize: number,
    hiddenSize: number,
    options: RecurrentOptions = {},
  ) {
    super()
    const kind = this.constructor.name
    const given = optionsOf(kind, options)
    const { numLayers = 1, dropout = 0, bias = true, bidirectional = false } = given
    checkCount(kind, { inputSize, hiddenSize, numLayers })
    checkShare(kind, { dropout })
    this.inputSize = inputSize
    this.hiddenSize = hiddenSize
    this.numLayers = numLayers
    this.bias = bias
    this.batchFirst = options.batchFirst ?? false
    this.dropout = dropout
    this.bidirectional = bidirectional
    this.#cell = cell
    for (let layer = 0; layer < numLayers; layer++) this.#startWeights(layer)
  }

  /** All start uniform in ±1/√hiddenSize, as PyTorch's do. */
  #startWeights(layer: number): void {
    const { inputSize, hiddenSize, bias, bidirectional } = this
    const start = (shape: Shape) => startWeight(shape, hiddenSize)
    const names = weightNames(layer, bidirectional)
    const width = layer === 0 ? inputSize : names.length * hiddenSize
    const rows = this.#cell.gates * hiddenSize
    for (const { weightIh, weightHh, biasIh, biasHh } of names) {
      this[weightIh] = start([rows, width])
      this[weightHh] = start([rows, hiddenSize])
      this[biasIh] = bias ? start([rows]) : null
      this[biasHh] = bias ? start([rows]) : null
    }
  }

  /** The outputs of the last layer at all steps, and the last states of all layers. */
  protected read(x: Tensor, given: State | null): { output: Tensor; state: Tensor[] } {
    const timeAxis = this.batchFirst ? 1 : 0
    checkSequence(this.constructor.name, x, this.inputSize, timeAxis)
    const batched = x.ndim === 3
    const sequence = batched ? x : x.unsqueeze(1 - timeAxis)
    const start = this.#start(x, sequence.size(1 - timeAxis), given)
    const { output, state } = this.#readLayers(sequence, start)
    if (batched) return { output, state }
    return {
      output: output.squeeze(1 - timeAxis),
      state: state.map((part) => part.squeeze(1)),
    }
  }

  /** The initial states, [layers · directions, N, hiddenSize]: as given, or zeros. */
  #start(x: Tensor, samples: number, given: State | null): State {
    const count = this.numLayers * (this.bidirectional ? 2 : 1)
    const shape = [count, samples, this.hiddenSize]
    if (!given) {
      const zeros = x.newZeros(shape).to(isFloatingPoint(x.dtype) ? x.dtype : 'float32')
      return new Array(this.#cell.stateLength).fill(zeros)
    }
    const own = x.ndim === 3 ? shape : [count, this.hiddenSize]
    checkState(this.constructor.name, given, own)
    return given.map((part) => part.reshape(shape))
  }

  #readLayers(x: Tensor, start: State): { output: Tensor; state: Tensor[] } {
    let output = x
    const ends: State[] = []
    for (let layer = 0; layer < this.numLayers; layer++) {
      const { training } = this
      const input = layer === 0 ? x : dropout(output, this.dropout, { training })
      const directions = weightNames(layer, this.bidirectional)
      const passes = directions.map((names, n) => {
        const place = layer * directions.length + n
        const from = start.map((part) => part.select(0, place))
        return this.#pass(input, names, from, n === 1)
      })
      ends.push(...passes.map(({ end }) => end))
      output = join(passes)
    }
    return { output, state: start.map((_, n) => stack(ends.map((end) => end[n]))) }
  }

  /** One layer over all steps in one direction. */
  #pass(x: Tensor, names: WeightNames, start: State, reverse: boolean): Pass {
    const timeAxis = this.batchFirst ? 1 : 0
    const [weightHh, biasHh] = [this[names.weightHh], this[names.biasHh]]
    // The inputs of all steps are known: one product serves them all.
    const inputs = steps(linear(x, this[names.weightIh], this[names.biasIh]), timeAxis)
    if (reverse) inputs.reverse()
    let state = start
    const outputs = inputs.map((input) => {
      const hidden = linear(state[0], weightHh, biasHh)
      state = this.#cell.step(input, hidden, state)
      return state[0]
    })
    if (reverse) outputs.reverse()
    return { output: stack(outputs, timeAxis), end: state }
  }

  override extraRepr(): string {
    const layers = this.numLayers === 1 ? '' : `, ${this.numLayers} layers`
    const directions = this.bidirectional ? ', both directions' : ''
    return `${this.inputSize} → ${this.hiddenSize}${layers}${directions}`
  }
}

function join(passes: readonly Pass[]): Tensor {
  const outputs = passes.map(({ output }) => output)
  return outputs.length === 1 ? outputs[0] : cat(outputs, -1)
}
