import { describeLayers } from './layer-case.ts'

// An LSTM takes its two states as a pair.
describeLayers('recurrent', ([x, ...states], { layer }) =>
  layer === 'LSTM' && states.length > 0 ? [x, states] : [x, ...states],
)
