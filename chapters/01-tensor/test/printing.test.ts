import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { arange, array, linspace, type NDArray, ones, zeros } from '../src/index.ts'

/**
 * The lines here are what PyTorch 1.13 prints, with the prefix `array(` in place of
 * `tensor(`, and `true` in place of `True`. An int32 array stands for PyTorch's default,
 * int64, whose name it leaves out as well.
 */
function prints(x: NDArray, ...lines: readonly string[]): void {
  expect(String(x)).toBe(lines.join('\n'))
}

describe('printing as PyTorch prints', () => {
  test('aligns whole numbers, a level of brackets for each axis', () => {
    prints(
      array(
        [
          [1, -2],
          [30, 4],
        ],
        { dtype: 'int32' },
      ),
      'array([[ 1, -2],',
      '       [30,  4]])',
    )
    prints(array([1, -20, 300]), 'array([  1., -20., 300.])')
    prints(
      array([
        [1, 2],
        [3, 4],
      ]).t(),
      'array([[1., 3.],',
      '       [2., 4.]])',
    )
    prints(
      arange(12).reshape([2, 2, 3]),
      'array([[[ 0,  1,  2],',
      '        [ 3,  4,  5]],',
      '',
      '       [[ 6,  7,  8],',
      '        [ 9, 10, 11]]])',
    )
    prints(
      arange(8).reshape([2, 1, 2, 2]),
      'array([[[[0, 1],',
      '         [2, 3]]],',
      '',
      '',
      '       [[[4, 5],',
      '         [6, 7]]]])',
    )
  })

  test('writes four digits as soon as one number is not whole', () => {
    prints(array([1, 22.5, -333.25]), 'array([   1.0000,   22.5000, -333.2500])')
    prints(
      array([
        [0.5, 10],
        [-1, 100.125],
      ]),
      'array([[  0.5000,  10.0000],',
      '       [ -1.0000, 100.1250]])',
    )
    prints(array([0.1, 0.2, 0.3]), 'array([0.1000, 0.2000, 0.3000])')
    prints(array([1000.5, 1]), 'array([1.0005e+03, 1.0000e+00])')
    prints(array([99999.5, 100.25]), 'array([99999.5000,   100.2500])')
  })

  test('rounds ties to the even digit', () => {
    prints(array([0.03125, -0.09375]), 'array([ 0.0312, -0.0938])')
    prints(array([0.28125, 0.15625, 2.34375]), 'array([0.2812, 0.1562, 2.3438])')
    prints(array([1.00005, 2.00015]), 'array([1.0000, 2.0001])')
    prints(array([501165, 0.001]), 'array([5.0116e+05, 1.0000e-03])')
    prints(array([501175, 0.001]), 'array([5.0118e+05, 1.0000e-03])')
  })

  test('is scientific where numbers lie far apart, or near 0', () => {
    prints(array([1e-5, 1]), 'array([1.0000e-05, 1.0000e+00])')
    prints(array([1e9, 1]), 'array([1.0000e+09, 1.0000e+00])')
    prints(array([1001.5, 1]), 'array([1.0015e+03, 1.0000e+00])')
    prints(array([0.00009]), 'array([9.0000e-05])')
    prints(array([0.00012, 0.0005]), 'array([0.0001, 0.0005])')
    prints(array([123456789]), 'array([1.2346e+08])')
    prints(array([100000000]), 'array([100000000.])')
    prints(array([2e8, 3]), 'array([2.0000e+08, 3.0000e+00])')
    prints(array([1e-38, -1.5e38]), 'array([ 1.0000e-38, -1.5000e+38])')
    prints(array([0, 1e-7, -2e-7]), 'array([ 0.0000e+00,  1.0000e-07, -2.0000e-07])')
    prints(array([3.4028234663852886e38]), 'array([3.4028e+38])')
    prints(array([1.401298464324817e-45]), 'array([1.4013e-45])')
    prints(
      arange(-3, 24).reshape([3, 9]).div(1e6),
      'array([[-3.0000e-06, -2.0000e-06, -1.0000e-06,  0.0000e+00,  1.0000e-06,',
      '         2.0000e-06,  3.0000e-06,  4.0000e-06,  5.0000e-06],',
      '       [ 6.0000e-06,  7.0000e-06,  8.0000e-06,  9.0000e-06,  1.0000e-05,',
      '         1.1000e-05,  1.2000e-05,  1.3000e-05,  1.4000e-05],',
      '       [ 1.5000e-05,  1.6000e-05,  1.7000e-05,  1.8000e-05,  1.9000e-05,',
      '         2.0000e-05,  2.1000e-05,  2.2000e-05,  2.3000e-05]])',
    )
  })

  test('knows infinities and NaN', () => {
    prints(
      array([Infinity, NaN, -Infinity, 1.5]),
      'array([   inf,    nan,   -inf, 1.5000])',
    )
    prints(array([Infinity, NaN, -Infinity, 2]), 'array([inf, nan, -inf, 2.])')
    prints(array([Infinity, 1e-9, NaN]), 'array([       inf, 1.0000e-09,        nan])')
    prints(array([NaN]), 'array([nan])')
    prints(array([-Infinity]), 'array([-inf])')
    prints(array([NaN, 0]), 'array([nan, 0.])')
  })

  test('keeps the sign of a negative zero', () => {
    prints(array([-0, 1]), 'array([-0., 1.])')
    prints(array([-0, 0.5]), 'array([-0.0000, 0.5000])')
    prints(array([-0, 0]), 'array([-0., 0.])')
  })

  test('writes a single number without brackets', () => {
    prints(array(3.5), 'array(3.5000)')
    prints(array(3), 'array(3.)')
    prints(array(-7, { dtype: 'int32' }), 'array(-7)')
    prints(array(true), 'array(true)')
    prints(array(NaN), 'array(nan)')
  })

  test('writes bools as JavaScript does', () => {
    prints(
      array([
        [true, false],
        [false, true],
      ]),
      'array([[ true, false],',
      '       [false,  true]])',
    )
    prints(
      ones([2, 25], { dtype: 'bool' }),
      'array([[true, true, true, true, true, true, true, true, true, true, true, true,',
      '        true, true, true, true, true, true, true, true, true, true, true, true,',
      '        true],',
      '       [true, true, true, true, true, true, true, true, true, true, true, true,',
      '        true, true, true, true, true, true, true, true, true, true, true, true,',
      '        true]])',
    )
  })

  test('breaks long rows at 80 columns', () => {
    prints(
      arange(30),
      'array([ 0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, 16, 17,',
      '       18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29])',
    )
    prints(
      arange(30).div(8),
      'array([0.0000, 0.1250, 0.2500, 0.3750, 0.5000, 0.6250, 0.7500, 0.8750, 1.0000,',
      '       1.1250, 1.2500, 1.3750, 1.5000, 1.6250, 1.7500, 1.8750, 2.0000, 2.1250,',
      '       2.2500, 2.3750, 2.5000, 2.6250, 2.7500, 2.8750, 3.0000, 3.1250, 3.2500,',
      '       3.3750, 3.5000, 3.6250])',
    )
    prints(
      arange(40).reshape([2, 20]).mul(1000.5),
      'array([[    0.0000,  1000.5000,  2001.0000,  3001.5000,  4002.0000,  5002.5000,',
      '         6003.0000,  7003.5000,  8004.0000,  9004.5000, 10005.0000, 11005.5000,',
      '        12006.0000, 13006.5000, 14007.0000, 15007.5000, 16008.0000, 17008.5000,',
      '        18009.0000, 19009.5000],',
      '       [20010.0000, 21010.5000, 22011.0000, 23011.5000, 24012.0000, 25012.5000,',
      '        26013.0000, 27013.5000, 28014.0000, 29014.5000, 30015.0000, 31015.5000,',
      '        32016.0000, 33016.5000, 34017.0000, 35017.5000, 36018.0000, 37018.5000,',
      '        38019.0000, 39019.5000]])',
    )
  })

  test('shows only the edges of what has over 1000 elements', () => {
    prints(arange(1001), 'array([   0,    1,    2,  ...,  998,  999, 1000])')
    prints(
      linspace(0, 1, 1001),
      'array([0.0000, 0.0010, 0.0020,  ..., 0.9980, 0.9990, 1.0000])',
    )
    prints(
      zeros([30, 40]),
      'array([[0., 0., 0.,  ..., 0., 0., 0.],',
      '       [0., 0., 0.,  ..., 0., 0., 0.],',
      '       [0., 0., 0.,  ..., 0., 0., 0.],',
      '       ...,',
      '       [0., 0., 0.,  ..., 0., 0., 0.],',
      '       [0., 0., 0.,  ..., 0., 0., 0.],',
      '       [0., 0., 0.,  ..., 0., 0., 0.]])',
    )
    prints(
      arange(1800).reshape([2, 3, 300]),
      'array([[[   0,    1,    2,  ...,  297,  298,  299],',
      '        [ 300,  301,  302,  ...,  597,  598,  599],',
      '        [ 600,  601,  602,  ...,  897,  898,  899]],',
      '',
      '       [[ 900,  901,  902,  ..., 1197, 1198, 1199],',
      '        [1200, 1201, 1202,  ..., 1497, 1498, 1499],',
      '        [1500, 1501, 1502,  ..., 1797, 1798, 1799]]])',
    )
    prints(
      ones([7, 1, 200]),
      'array([[[1., 1., 1.,  ..., 1., 1., 1.]],',
      '',
      '       [[1., 1., 1.,  ..., 1., 1., 1.]],',
      '',
      '       [[1., 1., 1.,  ..., 1., 1., 1.]],',
      '',
      '       ...,',
      '',
      '       [[1., 1., 1.,  ..., 1., 1., 1.]],',
      '',
      '       [[1., 1., 1.,  ..., 1., 1., 1.]],',
      '',
      '       [[1., 1., 1.,  ..., 1., 1., 1.]]])',
    )
    prints(
      arange(1200).reshape([10, 10, 12]),
      'array([[[   0,    1,    2,  ...,    9,   10,   11],',
      '        [  12,   13,   14,  ...,   21,   22,   23],',
      '        [  24,   25,   26,  ...,   33,   34,   35],',
      '        ...,',
      '        [  84,   85,   86,  ...,   93,   94,   95],',
      '        [  96,   97,   98,  ...,  105,  106,  107],',
      '        [ 108,  109,  110,  ...,  117,  118,  119]],',
      '',
      '       [[ 120,  121,  122,  ...,  129,  130,  131],',
      '        [ 132,  133,  134,  ...,  141,  142,  143],',
      '        [ 144,  145,  146,  ...,  153,  154,  155],',
      '        ...,',
      '        [ 204,  205,  206,  ...,  213,  214,  215],',
      '        [ 216,  217,  218,  ...,  225,  226,  227],',
      '        [ 228,  229,  230,  ...,  237,  238,  239]],',
      '',
      '       [[ 240,  241,  242,  ...,  249,  250,  251],',
      '        [ 252,  253,  254,  ...,  261,  262,  263],',
      '        [ 264,  265,  266,  ...,  273,  274,  275],',
      '        ...,',
      '        [ 324,  325,  326,  ...,  333,  334,  335],',
      '        [ 336,  337,  338,  ...,  345,  346,  347],',
      '        [ 348,  349,  350,  ...,  357,  358,  359]],',
      '',
      '       ...,',
      '',
      '       [[ 840,  841,  842,  ...,  849,  850,  851],',
      '        [ 852,  853,  854,  ...,  861,  862,  863],',
      '        [ 864,  865,  866,  ...,  873,  874,  875],',
      '        ...,',
      '        [ 924,  925,  926,  ...,  933,  934,  935],',
      '        [ 936,  937,  938,  ...,  945,  946,  947],',
      '        [ 948,  949,  950,  ...,  957,  958,  959]],',
      '',
      '       [[ 960,  961,  962,  ...,  969,  970,  971],',
      '        [ 972,  973,  974,  ...,  981,  982,  983],',
      '        [ 984,  985,  986,  ...,  993,  994,  995],',
      '        ...,',
      '        [1044, 1045, 1046,  ..., 1053, 1054, 1055],',
      '        [1056, 1057, 1058,  ..., 1065, 1066, 1067],',
      '        [1068, 1069, 1070,  ..., 1077, 1078, 1079]],',
      '',
      '       [[1080, 1081, 1082,  ..., 1089, 1090, 1091],',
      '        [1092, 1093, 1094,  ..., 1101, 1102, 1103],',
      '        [1104, 1105, 1106,  ..., 1113, 1114, 1115],',
      '        ...,',
      '        [1164, 1165, 1166,  ..., 1173, 1174, 1175],',
      '        [1176, 1177, 1178,  ..., 1185, 1186, 1187],',
      '        [1188, 1189, 1190,  ..., 1197, 1198, 1199]]])',
    )
  })
})

describe('what has no digits to align', () => {
  test('breaks lines where PyTorch does', () => {
    const row = (count: number, item: string) =>
      new Array<string>(count).fill(item).join(', ')
    prints(
      zeros([50]),
      `array([${row(24, '0.')},`,
      `       ${row(24, '0.')},`,
      '       0., 0.])',
    )
    prints(
      zeros([30]).add(NaN),
      `array([${row(24, 'nan')},`,
      `       ${row(6, 'nan')}])`,
    )
  })
})

test('an array of many axes is printed without a deep stack', () => {
  expect(String(zeros([7, 7, 7, 7, 7, 7, 7]).add(1.5))).toContain('1.5000')
})

describe('an array without elements', () => {
  test('prints its dtype, which no element tells', () => {
    expect(String(zeros([0], { dtype: 'int32' }))).toBe('array([], dtype=int32)')
    expect(String(zeros([0, 3], { dtype: 'bool' }))).toBe(
      'array([], size=[0, 3], dtype=bool)',
    )
  })

  test('prints its size, as a list, where brackets cannot tell it', () => {
    expect(String(array([]))).toBe('array([])')
    expect(String(zeros([0, 3]))).toBe('array([], size=[0, 3])')
    expect(String(zeros([2, 0, 3]))).toBe('array([], size=[2, 0, 3])')
  })
})

test('exactly a thousand elements are printed whole', () => {
  expect(String(arange(1000))).not.toContain('...')
  expect(String(arange(1000))).toContain('999])')
})

describe('an array shows itself', () => {
  const x = array([
    [1, 2],
    [3, 4],
  ])
  const text = 'array([[1., 2.],\n       [3., 4.]])'

  test('in a template string', () => expect(`x = ${x}`).toBe(`x = ${text}`))
  test("to Node's console.log", () => expect(inspect(x)).toBe(text))
  test('inside an object that is logged', () => {
    expect(inspect({ x: array([1.5]) })).toBe('{ x: array([1.5000]) }')
  })
})
