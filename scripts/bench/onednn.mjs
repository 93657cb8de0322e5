// @ts-check

/**
 * One call of a oneDNN kernel, from its own log; `start` and its duration in milliseconds. `pass` says what it was for:
 * `forward_training`, `backward_weights`, …
 * @typedef {{ kind: string, pass: string, start: number, milliseconds: number }} KernelCall
 */

/** The environment in which oneDNN tells every call of a kernel, with the time at which it began. */
export const VERBOSE = { ONEDNN_VERBOSE: 'profile_exec', ONEDNN_VERBOSE_TIMESTAMP: '1' }

/** Kernels that multiply and add: convolutions, and products of matrices. */
const PRODUCTS = ['convolution', 'deconvolution', 'matmul', 'inner_product', 'gemm_api']

/**
 * The calls of kernels in a log: `onednn_verbose,v1,<start>,primitive,exec,cpu,<kind>,<implementation>,<pass>,…,
 * <milliseconds>`; other lines are skipped.
 * @param {string} log
 * @returns {KernelCall[]}
 */
export function kernelCalls(log) {
  return log.split('\n').flatMap((line) => {
    const fields = line
      .slice(Math.max(line.indexOf('onednn_verbose,'), 0))
      .trim()
      .split(',')
    const exec = fields.indexOf('exec')
    const [kind, , pass] = fields.slice(exec + 2)
    if (fields[0] !== 'onednn_verbose' || exec < 0 || kind === undefined || pass === undefined) return []
    const start = Number(fields.slice(1, exec).find((field) => /^\d+\.\d+$/.test(field)))
    const milliseconds = Number(fields.at(-1))
    if (!Number.isFinite(start) || !Number.isFinite(milliseconds)) return []
    return [{ kind, pass: pass === 'undef' ? '' : pass, start, milliseconds }]
  })
}

/**
 * How the last `span` milliseconds of a log were spent: the share in which at least one kernel that multiplies was at
 * work, the same for any kernel, and for each kind and pass the sum as a share. Kernels that ran side by side count once
 * in the first two.
 * @param {readonly KernelCall[]} calls
 * @param {number} span
 */
export function sharesOf(calls, span) {
  const end = Math.max(...calls.map(({ start, milliseconds }) => start + milliseconds))
  const inside = calls.filter(({ start }) => start >= end - span)
  const products = inside.filter(({ kind }) => PRODUCTS.includes(kind))
  /** @type {Map<string, number>} */
  const sums = new Map()
  for (const { kind, pass, milliseconds } of inside) {
    const what = `${kind} ${pass}`.trim()
    sums.set(what, (sums.get(what) ?? 0) + milliseconds)
  }
  const kinds = [...sums].map(([what, sum]) => ({ what, share: sum / span }))
  return {
    products: covered(products) / span,
    all: covered(inside) / span,
    kinds: kinds.sort((one, other) => other.share - one.share),
  }
}

/**
 * The time in which at least one call was under way.
 * @param {readonly KernelCall[]} calls
 */
function covered(calls) {
  const sorted = [...calls].sort((one, other) => one.start - other.start)
  let sum = 0
  let reached = Number.NEGATIVE_INFINITY
  for (const { start, milliseconds } of sorted) {
    const end = start + milliseconds
    if (end <= reached) continue
    sum += end - Math.max(start, reached)
    reached = end
  }
  return sum
}
