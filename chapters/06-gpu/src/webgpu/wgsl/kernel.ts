import { type DType, isFloatingPoint } from '@deepdive/tensor'
import type { ElementType } from './element.ts'
import { withFunctions } from './library.ts'

/** A buffer as a kernel sees it. */
export interface Binding {
  readonly name: string
  readonly type: ElementType | `vec4<${ElementType}>` | 'atomic<u32>'
  readonly access: 'read' | 'read_write'
}

/** The parts of a program in WGSL. */
export interface KernelParts {
  /** The parameters, `size: u32`, in the order of their words. */
  readonly parameters: readonly string[]
  /** The buffers, in the order in which they are bound. */
  readonly bindings: readonly Binding[]
  /** What stands before the function `main`: memory of the workgroup, functions. */
  readonly before?: string
  /** How many invocations a workgroup has. Default: 256. */
  readonly width?: number
  /** What each invocation does: the `lane`-th of its `group`. */
  readonly body: string
}

/** How many invocations a workgroup has, unless a kernel wants it otherwise. */
export const workgroupWidth = 256

/**
 * A program: `p.size` is a parameter, `group` counts the workgroups and `lane` the
 * invocations within one. Functions of the library are there where they are called.
 */
export function kernel(parts: KernelParts): string {
  const { parameters, bindings, before = '', width = workgroupWidth, body } = parts
  const buffers = bindings.map(
    ({ name, type, access }, n) =>
      `@group(1) @binding(${n}) var<storage, ${access}> ${name}: array<${type}>;`,
  )
  const hasHalves = bindings.some(({ type }) => type.includes('f16'))
  return withFunctions(`${hasHalves ? 'enable f16;' : ''}
struct Parameters {
  ${parameters.join(',\n  ')}
}
@group(0) @binding(0) var<uniform> p: Parameters;
${buffers.join('\n')}
${before}
@compute @workgroup_size(${width})
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let group = workgroup.y * workgroups.x + workgroup.x;
  ${body}
}
`)
}

/** The body of a kernel that gives each of `p.size` elements an invocation: `place`. */
export function forEachPlace(body: string): string {
  return `let place = group * ${workgroupWidth}u + lane;
  if (place >= p.size) { return; }
  ${body}`
}

/** How many workgroups have an invocation for each of `size` elements. */
export function groupsFor(size: number): number {
  return Math.ceil(size / workgroupWidth)
}

const scratch = new DataView(new ArrayBuffer(4))

/** The bits of a number as `dtype`, as a parameter needs them. */
export function wordOf(value: number, dtype: DType): number {
  if (!isFloatingPoint(dtype)) return value
  scratch.setFloat32(0, value)
  return scratch.getInt32(0)
}
