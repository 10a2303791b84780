import { describeLayers } from '../../03-nn/test/layer-case.ts'
import { LeNet5 } from '../examples/models/lenet5.ts'
import { ResNet } from '../examples/models/resnet.ts'

const chapter = {
  testUrl: import.meta.url,
  layers: { ResNet, LeNet5 },
  functions: {},
}

describeLayers('models', undefined, {}, chapter)
