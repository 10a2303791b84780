import { computeStage } from './usage.ts'

/**
 * Programs by name, compiled once. A name tells the operation, the types and the rank,
 * never a shape: shapes are parameters, so that a new one compiles nothing.
 */
export class Pipelines {
  readonly #device: GPUDevice
  readonly #parameterLayout: GPUBindGroupLayout
  readonly #pipelines = new Map<string, GPUComputePipeline>()
  readonly #layouts = new Map<string, GPUBindGroupLayout>()

  constructor(device: GPUDevice, parameterLayout: GPUBindGroupLayout) {
    this.#device = device
    this.#parameterLayout = parameterLayout
  }

  /** The program of that name, whose source is asked for the first time. */
  named(name: string, accesses: string, source: () => string): GPUComputePipeline {
    const known = this.#pipelines.get(name)
    if (known) return known
    const pipeline = this.#device.createComputePipeline({
      label: name,
      layout: this.#device.createPipelineLayout({
        bindGroupLayouts: [this.#parameterLayout, this.layout(accesses)],
      }),
      compute: {
        module: this.#device.createShaderModule({ label: name, code: source() }),
        entryPoint: 'main',
      },
    })
    this.#pipelines.set(name, pipeline)
    return pipeline
  }

  /**
   * The layout of buffers of which a kernel only reads some, `r`, and writes to others,
   * `w`: `rrw` for two inputs and an output.
   */
  layout(accesses: string): GPUBindGroupLayout {
    const known = this.#layouts.get(accesses)
    if (known) return known
    const layout = this.#device.createBindGroupLayout({
      entries: Array.from(accesses, (access, binding) => ({
        binding,
        visibility: computeStage,
        buffer: { type: access === 'r' ? 'read-only-storage' : 'storage' },
      })),
    })
    this.#layouts.set(accesses, layout)
    return layout
  }
}
