// @ts-check
import { lastLines } from '../../setup/run.mjs'
import { ourCall, runCall, withProject } from '../contenders.mjs'
import { kernelCalls, sharesOf, VERBOSE } from '../onednn.mjs'
import { nets } from '../nets.mjs'

/** @typedef {import('../contenders.mjs').Precision} Precision */
/** @typedef {import('../measure.mjs').Contender} Contender */
/** @typedef {import('../measure.mjs').Row} Row */
/** @typedef {import('../nets.mjs').Net} Net */

/** oneDNN writes a line for every call of a kernel: some megabytes. */
const LOG = 100_000_000

/**
 * How much of a training step is spent in the kernels that multiply: what is left is all that can be won around them.
 * @returns {Row}
 */
export function shareRow() {
  const contenders = nets.flatMap((net) => [share(net, 'float32'), share(net, 'bfloat16')])
  return {
    name: 'share',
    title: "Share of a step inside oneDNN's convolutions and products",
    unit: '%',
    better: 'higher',
    contenders,
  }
}

/**
 * @param {Net} net
 * @param {Precision} precision
 * @returns {Contender}
 */
function share(net, precision) {
  const name = `${net.name}, ${precision}`
  return {
    name,
    run: () =>
      withProject(net, async (folder) => {
        const { program, parameters } = ourCall(net, { path: 'compiled', precision }, folder)
        const call = { program, parameters: [...parameters, '--verbose'], env: VERBOSE }
        const { stdout, output } = await runCall(call, { kept: LOG })
        const { samplesPerSecond } = JSON.parse(lastLines(stdout, 1))
        const calls = kernelCalls(output)
        if (calls.length === 0) throw new Error('oneDNN told of no kernel: it is off, or not in this TensorFlow')
        const shares = sharesOf(calls, (1000 * net.steps * net.batch) / samplesPerSecond)
        return [{ name, value: 100 * shares.products, note: noteOf(shares), against: name }]
      }),
  }
}

/** @param {ReturnType<typeof sharesOf>} shares */
function noteOf({ all, kinds }) {
  const percent = (/** @type {number} */ value) => `${Math.round(100 * value)} %`
  const greatest = kinds.slice(0, 4).map(({ what, share }) => `${what} ${percent(share)}`)
  return `any kernel ${percent(all)}; ${greatest.join(', ')}`
}
