import type { Tensor } from '@deepdive/autograd'
import {
  AdaptiveAvgPool1d,
  AdaptiveAvgPool2d,
  AvgPool1d,
  AvgPool2d,
  BatchNorm1d,
  BatchNorm2d,
  Conv1d,
  Conv2d,
  Conv3d,
  ConvTranspose1d,
  ConvTranspose2d,
  MaxPool1d,
  MaxPool2d,
} from '@deepdive/conv'
import { Embedding, LayerNorm, type Module } from '@deepdive/nn'
import { type Shape, sizeOf } from '@deepdive/tensor'
import type { GraphBuilder } from './graph-builder.ts'
import { isBatch, sliding, windowOf } from './sliding.ts'
import type { Value } from './value.ts'

/** A layer that ran, to be written as a single node. */
export interface LayerCall {
  readonly graph: GraphBuilder
  readonly x: Value
  /** The name of a weight of the layer. */
  weight(tensor: Tensor): string
}

type Written = string | undefined

/** Adds a layer's node, and returns its name; undefined where no single node does it. */
export function writeLayer(layer: Module, call: LayerCall): Written {
  return rules.get(layer.constructor)?.(layer, call)
}

type Rule = (layer: Module, call: LayerCall) => Written

/** A rule for layers of just this class: one that extends it may do something else. */
function rule<Kind extends Module>(
  kind: new (...args: never[]) => Kind,
  write: (layer: Kind, call: LayerCall) => Written,
): [kind: unknown, rule: Rule] {
  return [
    kind,
    (layer, call) => (layer instanceof kind ? write(layer, call) : undefined),
  ]
}

function parameters({ weight }: LayerCall, layer: Conv1d | ConvTranspose1d): string[] {
  return [weight(layer.weight), ...(layer.bias ? [weight(layer.bias)] : [])]
}

function conv(layer: Conv1d | Conv2d | Conv3d, call: LayerCall): Written {
  if (!isBatch(call, layer)) return undefined
  const attributes = { ...sliding(windowOf(layer)), group: layer.groups }
  return call.graph.add('Conv', [call.x, ...parameters(call, layer)], attributes)
}

function convTranspose(
  layer: ConvTranspose1d | ConvTranspose2d,
  call: LayerCall,
): Written {
  if (!isBatch(call, layer)) return undefined
  return call.graph.add('ConvTranspose', [call.x, ...parameters(call, layer)], {
    ...sliding(windowOf(layer)),
    group: layer.groups,
    output_padding: layer.outputPadding,
  })
}

function maxPool(
  layer: MaxPool1d<boolean> | MaxPool2d<boolean>,
  call: LayerCall,
): Written {
  if (!isBatch(call, layer) || layer.ceilMode) return undefined
  return call.graph.add('MaxPool', [call.x], sliding(windowOf(layer)))
}

function avgPool(layer: AvgPool1d | AvgPool2d, call: LayerCall): Written {
  if (!isBatch(call, layer) || layer.ceilMode) return undefined
  const divides = 'divisorOverride' in layer && layer.divisorOverride !== null
  if (divides) return undefined
  const { dilations, ...slides } = sliding(windowOf(layer))
  const count_include_pad = Number(layer.countIncludePad)
  return call.graph.add('AveragePool', [call.x], { ...slides, count_include_pad })
}

function adaptiveAvgPool(
  { outputSize }: AdaptiveAvgPool1d | AdaptiveAvgPool2d,
  call: LayerCall,
): Written {
  if (!isBatch(call, { kernelSize: outputSize.map(Number) })) return undefined
  const toOne = outputSize.every((size) => size === 1)
  return toOne ? call.graph.add('GlobalAveragePool', [call.x]) : undefined
}

/** A weight, or as many numbers that change nothing. */
function weightOr(call: LayerCall, tensor: Tensor | null, value: number, shape: Shape) {
  if (tensor) return call.weight(tensor)
  const values = new Float32Array(sizeOf(shape)).fill(value)
  return call.graph.constant(`${value}s:[${shape}]`, {
    dtype: 'float32',
    shape,
    values,
  })
}

function batchNorm(layer: BatchNorm1d | BatchNorm2d, call: LayerCall): Written {
  const { weight, bias, runningMean, runningVar, eps } = layer
  if (!runningMean || !runningVar) return undefined
  const shape = [layer.numFeatures]
  return call.graph.add(
    'BatchNormalization',
    [
      call.x,
      weightOr(call, weight, 1, shape),
      weightOr(call, bias, 0, shape),
      call.weight(runningMean),
      call.weight(runningVar),
    ],
    { epsilon: { float: eps } },
  )
}

function layerNorm(layer: LayerNorm, call: LayerCall): Written {
  const { weight, bias, eps, normalizedShape: shape } = layer
  const inputs = [
    call.x,
    weightOr(call, weight, 1, shape),
    weightOr(call, bias, 0, shape),
  ]
  const attributes = { axis: -shape.length, epsilon: { float: eps } }
  return call.graph.add('LayerNormalization', inputs, attributes)
}

function embedding(layer: Embedding, { graph, x, weight }: LayerCall): Written {
  return graph.add('Gather', [weight(layer.weight), x], { axis: 0 })
}

const rules = new Map<unknown, Rule>([
  rule(Conv1d, conv),
  rule(Conv2d, conv),
  rule(Conv3d, conv),
  rule(ConvTranspose1d, convTranspose),
  rule(ConvTranspose2d, convTranspose),
  rule(MaxPool1d, maxPool),
  rule(MaxPool2d, maxPool),
  rule(AvgPool1d, avgPool),
  rule(AvgPool2d, avgPool),
  rule(AdaptiveAvgPool1d, adaptiveAvgPool),
  rule(AdaptiveAvgPool2d, adaptiveAvgPool),
  rule(BatchNorm1d, batchNorm),
  rule(BatchNorm2d, batchNorm),
  rule(LayerNorm, layerNorm),
  rule(Embedding, embedding),
])
