import { describeLayers } from './layer-case.ts'

describeLayers('attention')
