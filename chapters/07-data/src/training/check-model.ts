import { Module } from '@deepdive/nn'
import { checkKind } from '../datasets/check-kind.ts'

/** Refuses what has no weights, and no forward. */
export function checkModel(owner: string, model: unknown): void {
  checkKind(owner, { model }, 'a model, as new nn.Linear(2, 1)', (value) => {
    return value instanceof Module && 'forward' in value
  })
}
