import { type Step, Tensor, traceOperations } from '@deepdive/autograd'
import type { Model, Module } from '@deepdive/nn'
import { describeValue, getRngState, type NDArray, ValueError } from '@deepdive/tensor'

/** What ran within a module: operations and other modules, in order. */
export interface Run {
  readonly module: Module
  /** Where in the model it is, '' for the model itself. */
  readonly path: string
  readonly inputs: readonly unknown[]
  readonly parts: (Run | Step)[]
  output: unknown
}

export interface Recording {
  readonly inputs: readonly Tensor[]
  readonly outputs: readonly Tensor[]
  readonly run: Run
}

/**
 * Runs a model, and writes down what runs within it.
 *
 * @throws ValueError where the output is no tensor, and no list of them, or where the
 * model does what no graph can say.
 */
export function record(model: Model, inputs: readonly Tensor[]): Recording {
  const root: Run = { module: model, path: '', inputs, parts: [], output: null }
  const open = [root]
  const removers = [...model.namedModules()].flatMap(([path, module]) => [
    module.registerForwardPreHook((_, inputs) => {
      open.push({ module, path, inputs, parts: [], output: null })
      return undefined
    }),
    // Before all others: what other hooks do is no part of the layer.
    module.registerForwardHook(
      (_, __, output) => {
        const run = open.pop()
        if (run) open[open.length - 1].parts.push({ ...run, output })
        return undefined
      },
      { prepend: true },
    ),
  ])
  try {
    const watch = new Watch([...inputs, ...model.parameters(), ...model.buffers()])
    const { counter } = getRngState()
    const output = traceOperations(
      () => Reflect.apply(model.forward, model, inputs),
      (step) => {
        watch.see(step)
        open[open.length - 1].parts.push(step)
      },
    )
    if (getRngState().counter !== counter) throw isRandom()
    const outputs = tensorsIn(output)
    watch.check('forward gives', outputs)
    return { inputs, outputs, run: root }
  } finally {
    for (const remove of removers) remove()
  }
}

/**
 * Notices where a tensor was overwritten after it was made, or given: no step tells of
 * that.
 */
class Watch {
  readonly #versions = new Map<NDArray, number>()

  constructor(given: readonly Tensor[]) {
    for (const tensor of given) this.#note(tensor)
  }

  #note({ array }: Tensor): void {
    this.#versions.set(array, array.storage.version)
  }

  see({ op, inputs, output }: Step): void {
    this.check(`${op.name} reads`, inputs)
    this.#note(output)
  }

  /** Refuses tensors that are not what they were; `use` says what needs them. */
  check(use: string, tensors: readonly Tensor[]): void {
    for (const { array } of tensors) {
      const { version } = array.storage
      if ((this.#versions.get(array) ?? version) === version) continue
      throw new ValueError(
        `exportOnnx: ${use} a tensor that was overwritten in place, which cannot be ` +
          'exported: use the operation without underscore',
      )
    }
  }
}

function isRandom(): ValueError {
  return new ValueError(
    'exportOnnx: forward draws random numbers, of which the file would have those of ' +
      'this one time: draw none in evaluation mode, as nn.Dropout does',
  )
}

function tensorsIn(output: unknown): Tensor[] {
  if (output instanceof Tensor) return [output]
  if (Array.isArray(output) && output.length > 0) return output.flatMap(tensorsIn)
  throw new ValueError(
    `exportOnnx: forward gave ${describeValue(output)}: it must give a tensor, or a list ` +
      'of them',
  )
}
