import { activations } from './activations.ts'
import { elementwise } from './elementwise.ts'
import { movement } from './movement.ts'
import { picking } from './picking.ts'
import { products } from './products.ts'
import { reductions } from './reductions.ts'
import type { Rule } from './rule.ts'
import { windows } from './windows.ts'

/** The rule of each operation that can be written. */
export const rules: ReadonlyMap<string, Rule> = new Map(
  [elementwise, movement, picking, reductions, products, activations, windows].flatMap(
    (some) => Object.entries(some),
  ),
)
