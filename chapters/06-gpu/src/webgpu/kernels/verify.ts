import type { DeepDiveError, View } from '@deepdive/tensor'
import { faultBinding, faultOf } from '../faults.ts'
import type { Recorder } from '../recorder.ts'
import { reads } from '../uses.ts'
import { kernel } from '../wgsl/kernel.ts'

/** Whoever reads next gets the error if `holds`, a single bool, is false. */
export function verify(
  recorder: Recorder,
  holds: View,
  error: () => DeepDiveError,
): void {
  recorder.run({
    operation: 'verify',
    program: 'verify',
    source: () =>
      kernel({
        parameters: ['at: u32', 'claim: i32'],
        bindings: [{ name: 'holds', type: 'u32', access: 'read' }, faultBinding],
        width: 1,
        body: `if (holds[p.at] == 0u) { fault(${faultOf.claim}u, p.claim, 0u); }`,
      }),
    uses: [reads('verify', holds), recorder.faults.use()],
    words: [holds.offset, recorder.faults.claim(error)],
    groups: 1,
  })
}
