import { describeLayers } from './layer-case.ts'

describeLayers('layers')
describeLayers('activations')
describeLayers('normalization')
