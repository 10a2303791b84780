import type { GraphBuilder } from '../graph-builder.ts'
import type { Settings } from '../settings.ts'
import type { Value } from '../value.ts'

/** An operation to be written as nodes. */
export interface Call {
  readonly graph: GraphBuilder
  readonly inputs: readonly Value[]
  /** What it makes, which has no name yet. */
  readonly output: Omit<Value, 'name'>
  readonly settings: Settings
}

/**
 * Adds the nodes of an operation, and returns the name of what it makes; undefined where
 * there are none for it.
 */
export type Rule = (call: Call) => string | undefined

/** Rules by the names of operations. */
export type Rules = Readonly<Record<string, Rule>>
