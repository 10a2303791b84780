import { type DType, promoteTypes } from '@deepdive/tensor'
import type { Call, Rule, Rules } from './rule.ts'

/** One node, on inputs of the dtype that comes out. */
function node(type: string, { graph, inputs, output }: Call): string {
  return graph.add(
    type,
    inputs.map((x) => graph.cast(x, output.dtype)),
  )
}

/** A function of float32. */
function smooth(type: string): Rule {
  return (call) => node(type, call)
}

/** One that leaves truths as they are. */
function signed(type: string): Rule {
  return (call) => node(call.output.dtype === 'bool' ? 'Identity' : type, call)
}

/** One that leaves all whole numbers as they are. */
function step(type: string): Rule {
  return (call) => node(call.output.dtype === 'float32' ? type : 'Identity', call)
}

/** Between truths, a product is "and", a sum is "or". */
function arithmetic(type: string, betweenBools: string): Rule {
  return (call) => node(call.output.dtype === 'bool' ? betweenBools : type, call)
}

/** A question about two numbers of the dtype that holds both. */
function comparison(type: string): (call: Call) => string {
  return ({ graph, inputs: [a, b] }) => {
    const both = promoteTypes(a.dtype, b.dtype)
    // There is no order among bools.
    const dtype: DType = both === 'bool' && type !== 'Equal' ? 'int32' : both
    return graph.add(type, [graph.cast(a, dtype), graph.cast(b, dtype)])
  }
}

/** A question about truths: what is not 0 is true. */
function logical(type: string): Rule {
  return ({ graph, inputs }) =>
    graph.add(
      type,
      inputs.map((x) => graph.cast(x, 'bool')),
    )
}

/** a − ⌊a / b⌋ · b: the remainder of C, moved to the side of 0 on which b is. */
const remainder: Rule = (call) => {
  const { graph, inputs, output } = call
  if (output.dtype !== 'float32') return node('Mod', call)
  const [a, b] = inputs.map((x) => graph.cast(x, 'float32'))
  const zero = graph.number(0, 'float32')
  const rest = graph.add('Mod', [a, b], { fmod: 1 })
  const sides = [rest, b].map((x) => graph.add('Less', [x, zero]))
  const differ = graph.add('Xor', sides)
  const isZero = graph.add('Equal', [rest, zero])
  const moves = graph.add('And', [differ, graph.add('Not', [isZero])])
  return graph.add('Where', [moves, graph.add('Add', [rest, b]), rest])
}

/** ONNX Runtime has no choice between truths, but one between numbers. */
const where: Rule = ({ graph, inputs: [condition, a, b], output: { dtype } }) => {
  const through: DType = dtype === 'bool' ? 'int32' : dtype
  const chosen = graph.add('Where', [
    condition,
    graph.cast(a, through),
    graph.cast(b, through),
  ])
  return through === dtype ? chosen : graph.convert(chosen, dtype)
}

const clamp: Rule = ({ graph, inputs: [x], output: { dtype }, settings }) => {
  const bound = (name: string) => {
    const value = settings.numberOrNull(name)
    return value === null ? null : graph.number(value, dtype)
  }
  return graph.add('Clip', [graph.cast(x, dtype), bound('low'), bound('high')])
}

export const elementwise: Rules = {
  neg: signed('Neg'),
  abs: signed('Abs'),
  sign: signed('Sign'),
  relu: signed('Relu'),
  floor: step('Floor'),
  ceil: step('Ceil'),
  round: step('Round'),
  /** sign(x) · ⌊|x|⌋ */
  trunc: (call) => {
    if (call.output.dtype !== 'float32') return node('Identity', call)
    const size = call.graph.add('Floor', [node('Abs', call)])
    return call.graph.add('Mul', [node('Sign', call), size])
  },
  reciprocal: smooth('Reciprocal'),
  sqrt: smooth('Sqrt'),
  rsqrt: (call) => call.graph.add('Reciprocal', [node('Sqrt', call)]),
  exp: smooth('Exp'),
  expm1: (call) =>
    call.graph.add('Sub', [node('Exp', call), call.graph.number(1, 'float32')]),
  log: smooth('Log'),
  log1p: ({ graph, inputs: [x] }) => {
    const one = graph.number(1, 'float32')
    return graph.add('Log', [graph.add('Add', [graph.cast(x, 'float32'), one])])
  },
  sin: smooth('Sin'),
  cos: smooth('Cos'),
  tanh: smooth('Tanh'),
  sigmoid: smooth('Sigmoid'),
  erf: smooth('Erf'),
  isnan: ({ graph, inputs: [x] }) => graph.add('IsNaN', [graph.cast(x, 'float32')]),
  logicalNot: logical('Not'),

  add: arithmetic('Add', 'Or'),
  sub: smooth('Sub'),
  mul: arithmetic('Mul', 'And'),
  div: smooth('Div'),
  pow: smooth('Pow'),
  remainder,
  maximum: arithmetic('Max', 'Or'),
  minimum: arithmetic('Min', 'And'),

  eq: comparison('Equal'),
  ne: (call) => call.graph.add('Not', [comparison('Equal')(call)]),
  lt: comparison('Less'),
  le: comparison('LessOrEqual'),
  gt: comparison('Greater'),
  ge: comparison('GreaterOrEqual'),
  logicalAnd: logical('And'),
  logicalOr: logical('Or'),
  logicalXor: logical('Xor'),

  where,
  clamp,
  to: ({ graph, inputs: [x], output: { dtype } }) =>
    x.dtype === dtype ? graph.add('Identity', [x]) : graph.cast(x, dtype),
  clone: ({ graph, inputs }) => graph.add('Identity', inputs),
}
