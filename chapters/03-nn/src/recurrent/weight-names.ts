/** The number of a layer, or of what reads it backwards: `0`, `0Reverse`. */
export type Place = `${number}` | `${number}Reverse`

/** The properties that hold the weights of one layer in one direction. */
export interface WeightNames {
  /** [gates · hiddenSize, width of the layer's input] */
  readonly weightIh: `weightIhL${Place}`
  /** [gates · hiddenSize, hiddenSize] */
  readonly weightHh: `weightHhL${Place}`
  /** Each [gates · hiddenSize]. */
  readonly biasIh: `biasIhL${Place}`
  readonly biasHh: `biasHhL${Place}`
}

/** PyTorch's names in camelCase, `weightIhL0` and `weightIhL0Reverse`, by direction. */
export function weightNames(layer: number, bidirectional: boolean): WeightNames[] {
  const forwards: Place = `${layer}`
  const places: Place[] = bidirectional ? [forwards, `${layer}Reverse`] : [forwards]
  return places.map((place) => ({
    weightIh: `weightIhL${place}`,
    weightHh: `weightHhL${place}`,
    biasIh: `biasIhL${place}`,
    biasHh: `biasHhL${place}`,
  }))
}
