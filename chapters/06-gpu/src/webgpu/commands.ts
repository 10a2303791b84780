import { DeviceError } from '@deepdive/tensor'
import { computeStage, usage } from './usage.ts'

/** Where the parameters of a dispatch may begin, as every adapter allows it. */
const alignment = 256
/** What a kernel sees of them, at most. */
const window = 512
/** A batch is submitted when its parameters fill this. */
const capacity = 256 * alignment

/** One run of a pipeline over a number of workgroups. */
export interface Dispatch {
  /** The name of the operation that asks for it, as `profile` shows it. */
  readonly operation: string
  readonly pipeline: GPUComputePipeline
  readonly memories: GPUBindGroup
  /** The parameters: 32 bits each, a float32 by its bits. */
  readonly words: readonly number[]
  readonly groups: number
}

/** Sees each dispatch, which then has a pass of its own (see profile). */
export interface Watcher {
  /** Says of what kind the pass should be. */
  begin(operation: string): GPUComputePassDescriptor | undefined
  /** The pass is recorded. */
  end(): void
}

/**
 * Commands are recorded, and go to the GPU in batches: submitting one takes as long as
 * recording dozens. The parameters of a whole batch are written at once before it.
 */
export class Commands {
  readonly #device: GPUDevice
  readonly #parameters: GPUBuffer
  readonly #words = new Int32Array(capacity / 4)
  readonly #parameterGroup: GPUBindGroup
  readonly parameterLayout: GPUBindGroupLayout
  watcher: Watcher | undefined
  #used = 0
  #encoder: GPUCommandEncoder | undefined
  #pass: GPUComputePassEncoder | undefined
  #batch = 0

  constructor(device: GPUDevice) {
    this.#device = device
    this.#parameters = device.createBuffer({
      size: capacity + window,
      usage: usage.uniform | usage.copyTarget,
    })
    this.parameterLayout = device.createBindGroupLayout({
      entries: [
        {
          binding: 0,
          visibility: computeStage,
          buffer: { type: 'uniform', hasDynamicOffset: true },
        },
      ],
    })
    this.#parameterGroup = device.createBindGroup({
      layout: this.parameterLayout,
      entries: [{ binding: 0, resource: { buffer: this.#parameters, size: window } }],
    })
  }

  /** Numbers the batch that is being recorded. */
  get batch(): number {
    return this.#batch
  }

  /**
   * Submits what is recorded if a dispatch with these parameters has no room beside.
   */
  reserve(words: readonly number[]): void {
    if (words.length * 4 > window) {
      throw new DeviceError(
        `webgpu: a kernel has room for ${window / 4} sizes and steps, not for ` +
          `${words.length}: use arrays of fewer axes`,
      )
    }
    if (this.#used + window > capacity) this.submit()
  }

  /** The one place where a kernel is sent on its way. */
  dispatch({ operation, pipeline, memories, words, groups }: Dispatch): void {
    const { watcher } = this
    if (watcher) this.#endPass()
    const start = this.#used
    this.#words.set(words, start / 4)
    this.#used += Math.ceil((words.length * 4) / alignment) * alignment
    this.#pass ??= this.#commandEncoder().beginComputePass(watcher?.begin(operation))
    this.#pass.setPipeline(pipeline)
    this.#pass.setBindGroup(0, this.#parameterGroup, [start])
    this.#pass.setBindGroup(1, memories)
    const [across, down] = folded(groups)
    this.#pass.dispatchWorkgroups(across, down)
    if (!watcher) return
    this.#endPass()
    watcher.end()
  }

  /** Records what is no kernel: copies, and clearing. */
  encode(record: (encoder: GPUCommandEncoder) => void): void {
    this.#endPass()
    record(this.#commandEncoder())
  }

  submit(): void {
    if (!this.#encoder) return
    this.#endPass()
    const { queue } = this.#device
    queue.writeBuffer(this.#parameters, 0, this.#words, 0, this.#used / 4)
    queue.submit([this.#encoder.finish()])
    this.#encoder = undefined
    this.#used = 0
    this.#batch++
  }

  #commandEncoder(): GPUCommandEncoder {
    this.#encoder ??= this.#device.createCommandEncoder()
    return this.#encoder
  }

  #endPass(): void {
    this.#pass?.end()
    this.#pass = undefined
  }
}

/**
 * Workgroups in rows: no row may be longer than 65,535. A few more than are asked for
 * may run; kernels stop where there is nothing left to do.
 */
function folded(groups: number): [number, number] {
  if (groups <= 65_535) return [groups, 1]
  const across = Math.ceil(Math.sqrt(groups))
  return [across, Math.ceil(groups / across)]
}
