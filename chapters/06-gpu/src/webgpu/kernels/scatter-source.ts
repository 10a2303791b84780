import type { DType } from '@deepdive/tensor'
import { faultBinding, faultOf } from '../faults.ts'
import { elementTypes, loaded, numberType, stored } from '../wgsl/element.ts'
import { forEachPlace, kernel } from '../wgsl/kernel.ts'
import {
  elementInRow,
  indexFromPlace,
  sizeFields,
  startsOf,
  walkFields,
} from '../wgsl/walk.ts'

/** What a program that puts elements to places depends on. */
export interface ScatterSource {
  readonly op: 'scatter' | 'scatterAdd'
  readonly dtype: DType
  readonly rank: number
  /** Whether there is an order in which equal indices follow one another. */
  readonly isSorted: boolean
  /** How an element and a later one for the same place become one. */
  readonly join: (a: string, b: string) => string
}

export function writeScatter(source: ScatterSource): string {
  const { op, dtype, rank, isSorted, join } = source
  const type = numberType(dtype)
  const names = ['out', 'index', 'source', ...(isSorted ? ['order'] : [])]
  const element: At = (name, i) => elementInRow(name, i, rank)
  const at: At = (name, i) => loaded(element(name, i), isPlace(name) ? 'int32' : dtype)
  const start = op === 'scatter' ? `${type}()` : at('out', 'goal')
  return kernel({
    parameters: [
      'size: u32',
      'length: i32',
      'extent: i32',
      ...sizeFields('n', rank),
      ...names.flatMap((name) => walkFields(name, rank + 1)),
    ],
    bindings: [
      ...names.map((name) => ({
        name,
        type: elementTypes[isPlace(name) ? 'int32' : dtype],
        access: name === 'out' ? ('read_write' as const) : ('read' as const),
      })),
      faultBinding,
    ],
    before: `fn join(a: ${type}, b: ${type}) -> ${type} { return ${join('a', 'b')}; }`,
    body: forEachPlace(`let row = place / u32(p.length);
  ${indexFromPlace('n', rank, 'row')}
  ${startsOf(names, 'n', rank)}
  let own = i32(place % u32(p.length));
  let goal = ${at('index', isSorted ? at('order', 'own') : 'own')};
  if (goal < 0 || goal >= p.extent) {
    fault(${faultOf[op]}u, goal, u32(p.extent));
    return;
  }
  ${isSorted ? joinRun(at, type, start) : joinRow(at, type, start)}
  ${element('out', 'goal')} = ${stored('total', dtype)};`),
  })
}

type At = (name: string, i: string) => string

/** Whether a view holds places, rather than what goes there. */
function isPlace(name: string): boolean {
  return name === 'index' || name === 'order'
}

/**
 * The first of its row with this goal goes through all after it. Few are joined at a
 * time, as a tree would, so that rounding errors stay small.
 */
function joinRow(at: At, type: string, start: string): string {
  return `for (var i = 0; i < own; i++) {
    if (${at('index', 'i')} == goal) { return; }
  }
  var total = ${start};
  var part = ${at('source', 'own')};
  var count = 1;
  for (var i = own + 1; i < p.length; i++) {
    if (${at('index', 'i')} != goal) { continue; }
    if (count == 16) {
      total = join(total, part);
      part = ${type}();
      count = 0;
    }
    part = join(part, ${at('source', 'i')});
    count++;
  }
  total = join(total, part);`
}

/** The first of its run, in the order, goes on to the run's end, likewise. */
function joinRun(at: At, type: string, start: string): string {
  const nth = (name: string, place: string) => at(name, at('order', place))
  return `if (own > 0 && ${nth('index', '(own - 1)')} == goal) { return; }
  var total = ${start};
  var next = own;
  var more = true;
  while (more) {
    var part = ${type}();
    for (var n = 0; n < 32 && more; n++) {
      part = join(part, ${nth('source', 'next')});
      next++;
      more = next < p.length;
      if (more) { more = ${nth('index', 'next')} == goal; }
    }
    total = join(total, part);
  }`
}
