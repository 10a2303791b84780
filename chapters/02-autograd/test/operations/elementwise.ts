import { between, broadcast, from, mask, one, positive, real } from '../inputs.ts'
import { any, type Cases, on } from './case.ts'

const twoReals = broadcast(real, real)
const above0 = one({}, positive)

/** Methods that compute each element by itself. */
export const elementwise: Cases = {
  add: [
    on(twoReals, ([a, b]) => a.add(b)),
    on(any, ([x]) => x.add(x)),
    on(any, ([x]) => x.add(1.5)),
  ],
  sub: [on(twoReals, ([a, b]) => a.sub(b)), on(any, ([x]) => x.sub(x))],
  mul: [
    on(twoReals, ([a, b]) => a.mul(b)),
    on(any, ([x]) => x.mul(x)),
    on(any, ([x], n) => x.mul(mask(x.shape, n))),
  ],
  div: [
    on(broadcast(real, positive), ([a, b]) => a.div(b)),
    on(any, ([x]) => x.div(-4)),
  ],
  remainder: [
    on(broadcast(from(-2.1, -0.5, 0.4, 0.8, 1.9), from(1.5, 1.25)), ([a, b]) =>
      a.remainder(b),
    ),
  ],
  pow: [
    on(broadcast(positive, real), ([a, b]) => a.pow(b)),
    on(any, ([x], n) => x.pow(n % 4)),
    on(above0, ([x]) => x.pow(-0.5)),
  ],
  binary: [on(twoReals, ([a, b]) => a.binary('mul', b))],
  maximum: [on(broadcast(real, between), ([a, b]) => a.maximum(b))],
  minimum: [on(broadcast(real, between), ([a, b]) => a.minimum(b))],
  where: [on(twoReals, ([a, b], n) => a.where(mask(a.shape, n), b))],
  maskedFill: [on(any, ([x], n) => x.maskedFill(mask(x.shape, n), 3))],
  clamp: [
    on(any, ([x]) => x.clamp(-1, 0.5)),
    on(any, ([x]) => x.clamp(null, 1)),
    on(any, ([x]) => x.clamp(0)),
  ],

  unary: [on(any, ([x]) => x.unary('tanh'))],
  square: [on(any, ([x]) => x.square())],
  reciprocal: [on(above0, ([x]) => x.reciprocal())],
  neg: [on(any, ([x]) => x.neg())],
  abs: [on(any, ([x]) => x.abs())],
  sign: [on(any, ([x]) => x.sign())],
  floor: [on(any, ([x]) => x.floor())],
  ceil: [on(any, ([x]) => x.ceil())],
  round: [on(any, ([x]) => x.round())],
  trunc: [on(any, ([x]) => x.trunc())],
  sqrt: [on(above0, ([x]) => x.sqrt())],
  rsqrt: [on(above0, ([x]) => x.rsqrt())],
  exp: [on(any, ([x]) => x.exp())],
  expm1: [on(any, ([x]) => x.expm1())],
  log: [on(above0, ([x]) => x.log())],
  log1p: [on(above0, ([x]) => x.log1p())],
  sin: [on(any, ([x]) => x.sin())],
  cos: [on(any, ([x]) => x.cos())],
  tanh: [on(any, ([x]) => x.tanh())],
  sigmoid: [on(any, ([x]) => x.sigmoid())],
  erf: [on(any, ([x]) => x.erf())],
  relu: [on(any, ([x]) => x.relu())],
  gelu: [on(any, ([x]) => x.gelu()), on(any, ([x]) => x.gelu({ approximate: 'tanh' }))],
  silu: [on(any, ([x]) => x.silu())],
  softplus: [
    on(any, ([x]) => x.softplus()),
    on(any, ([x]) => x.softplus({ beta: 2, threshold: 1.5 })),
  ],
  to: [on(any, ([x]) => x.to('float32').to(x.device))],
  clone: [on(any, ([x]) => x.clone())],
  contiguous: [on(any, ([x]) => x.contiguous())],
}
