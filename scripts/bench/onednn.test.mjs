// @ts-check
import { describe, expect, it } from 'vitest'
import { kernelCalls, sharesOf } from './onednn.mjs'

/** Lines that oneDNN 3.7 itself wrote inside TensorFlow 2.21, with descriptions shortened. */
const log = `onednn_verbose,v1,info,oneDNN v3.7.3 (commit N/A)
engine: onednn_verbose,v1,info,cpu,runtime:threadpool,nthr:2
engine: onednn_verbose,v1,1795632788188.629883,primitive,exec,cpu,reorder,jit:uni,undef,src:f32::blocked:cdba::f0,,,64x32x3x3,0.0371094
engine: onednn_verbose,v1,1795632788216.643066,primitive,exec,cpu,convolution,jit:avx512_core,backward_weights,src:f32,,alg:convolution_direct,mb128_ic1oc32,12.105
onednn_verbose,v1,1795632788274.256104,primitive,exec,cpu,gemm_api,,undef,src_f32::blocked:ba:f0,,,128x128:128x10,0.00878906
The engine is ready as process 4980
onednn_verbose,v1,1795632788274.256104,primitive,create:cache_miss,cpu,matmul,undef,src_f32,,,128x128:128x10,0.5
`

describe('the log of oneDNN', () => {
  it('gives the calls of its kernels, and nothing else', () => {
    expect(kernelCalls(log)).toEqual([
      { kind: 'reorder', pass: '', start: 1795632788188.629883, milliseconds: 0.0371094 },
      { kind: 'convolution', pass: 'backward_weights', start: 1795632788216.643066, milliseconds: 12.105 },
      { kind: 'gemm_api', pass: '', start: 1795632788274.256104, milliseconds: 0.00878906 },
    ])
  })

  it.each(['', 'onednn_verbose', 'onednn_verbose,v1,exec', 'onednn_verbose,v1,1.5,primitive,exec,cpu,matmul,a,b,soon'])(
    'of “%s” gives nothing',
    (text) => {
      expect(kernelCalls(text)).toEqual([])
    },
  )
})

describe('the shares of a log', () => {
  /** @param {string} kind @param {number} start @param {number} milliseconds */
  const call = (kind, start, milliseconds) => ({ kind, pass: '', start, milliseconds })

  it.each([
    { what: 'kernels one after another', calls: [call('matmul', 90, 5), call('matmul', 95, 5)], products: 1, all: 1 },
    { what: 'kernels side by side', calls: [call('matmul', 90, 6), call('convolution', 92, 8)], products: 1, all: 1 },
    { what: 'one within another', calls: [call('matmul', 90, 10), call('matmul', 93, 2)], products: 1, all: 1 },
    { what: 'a gap', calls: [call('matmul', 90, 2), call('convolution', 98, 2)], products: 0.4, all: 0.4 },
    { what: 'other kernels', calls: [call('pooling', 90, 5), call('inner_product', 98, 2)], products: 0.2, all: 0.7 },
    { what: 'the warm-up', calls: [call('matmul', 10, 70), call('matmul', 95, 5)], products: 0.5, all: 0.5 },
  ])('count the time in which a kernel ran: $what', ({ calls, products, all }) => {
    const shares = sharesOf(calls, 10)
    expect([shares.products, shares.all]).toEqual([products, all])
  })

  it('sum up each kind, the greatest first', () => {
    const calls = [call('pooling', 90, 1), call('matmul', 90, 4), call('matmul', 92, 4), call('pooling', 99, 1)]
    expect(sharesOf(calls, 10).kinds).toEqual([
      { what: 'matmul', share: 0.8 },
      { what: 'pooling', share: 0.2 },
    ])
  })
})
