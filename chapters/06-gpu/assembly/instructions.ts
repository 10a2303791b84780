import { map, Unary } from './unary'

// Functions for which there is an instruction, or two.

class Sqrt extends Unary {
  of(x: v128): v128 {
    return f32x4.sqrt(x)
  }
}

class Rsqrt extends Unary {
  of(x: v128): v128 {
    return f32x4.div(f32x4.splat(1), f32x4.sqrt(x))
  }
}

class Reciprocal extends Unary {
  of(x: v128): v128 {
    return f32x4.div(f32x4.splat(1), x)
  }
}

class Neg extends Unary {
  of(x: v128): v128 {
    return f32x4.neg(x)
  }
}

class Abs extends Unary {
  of(x: v128): v128 {
    return f32x4.abs(x)
  }
}

class Relu extends Unary {
  of(x: v128): v128 {
    return f32x4.max(x, f32x4.splat(0))
  }
}

class Floor extends Unary {
  of(x: v128): v128 {
    return f32x4.floor(x)
  }
}

class Ceil extends Unary {
  of(x: v128): v128 {
    return f32x4.ceil(x)
  }
}

class Round extends Unary {
  of(x: v128): v128 {
    return f32x4.nearest(x)
  }
}

class Trunc extends Unary {
  of(x: v128): v128 {
    return f32x4.trunc(x)
  }
}

function allSqrt(x: i32, count: i32, out: i32): void {
  map<Sqrt>(x, count, out)
}

function allRsqrt(x: i32, count: i32, out: i32): void {
  map<Rsqrt>(x, count, out)
}

function allReciprocal(x: i32, count: i32, out: i32): void {
  map<Reciprocal>(x, count, out)
}

function allNeg(x: i32, count: i32, out: i32): void {
  map<Neg>(x, count, out)
}

function allAbs(x: i32, count: i32, out: i32): void {
  map<Abs>(x, count, out)
}

function allRelu(x: i32, count: i32, out: i32): void {
  map<Relu>(x, count, out)
}

function allFloor(x: i32, count: i32, out: i32): void {
  map<Floor>(x, count, out)
}

function allCeil(x: i32, count: i32, out: i32): void {
  map<Ceil>(x, count, out)
}

function allRound(x: i32, count: i32, out: i32): void {
  map<Round>(x, count, out)
}

function allTrunc(x: i32, count: i32, out: i32): void {
  map<Trunc>(x, count, out)
}

export {
  allAbs as abs,
  allCeil as ceil,
  allFloor as floor,
  allNeg as neg,
  allReciprocal as reciprocal,
  allRelu as relu,
  allRound as round,
  allRsqrt as rsqrt,
  allSqrt as sqrt,
  allTrunc as trunc,
}
