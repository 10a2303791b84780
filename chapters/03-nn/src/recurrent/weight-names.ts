/** The properties that hold the weights of one layer in one direction. */
export interface WeightNames {
  /** [gates · hiddenSize, width of the layer's input] */
  readonly weightIh: `weightIhL${string}`
  /** [gates · hiddenSize, hiddenSize] */
  readonly weightHh: `weightHhL${string}`
  /** Each [gates · hiddenSize]. */
  readonly biasIh: `biasIhL${string}`
  readonly biasHh: `biasHhL${string}`
}

/** PyTorch's names in camelCase, `weightIhL0` and `weightIhL0Reverse`, by direction. */
export function weightNames(layer: number, bidirectional: boolean): WeightNames[] {
  const places = bidirectional ? [`${layer}`, `${layer}Reverse`] : [`${layer}`]
  return places.map((place) => ({
    weightIh: `weightIhL${place}`,
    weightHh: `weightHhL${place}`,
    biasIh: `biasIhL${place}`,
    biasHh: `biasHhL${place}`,
  }))
}
