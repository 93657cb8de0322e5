// @ts-check
import { spawn } from 'node:child_process'
import { SetupError } from './errors.mjs'
import { without } from './run.mjs'

const SCREEN = '1440x900x24'

/**
 * Whether a window can be shown: always but on a Linux without X11 or Wayland.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 */
export function hasDisplay(env = process.env, platform = process.platform) {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/**
 * Runs `work` with a virtual display that is gone afterwards. The display number is a free one, chosen by the server.
 * @template T
 * @param {(env: NodeJS.ProcessEnv) => Promise<T>} work gets the environment that shows windows there
 * @returns {Promise<T>}
 */
export async function withVirtualDisplay(work) {
  const parameters = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-noreset']
  const server = spawn('Xvfb', parameters, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
  const stop = () => void server.kill()
  process.on('exit', stop)
  try {
    const display = await numberOf(server)
    return await work({ ...without(process.env, 'WAYLAND_DISPLAY'), DISPLAY: `:${display}` })
  } finally {
    process.off('exit', stop)
    stop()
  }
}

/**
 * @param {import('node:child_process').ChildProcess} server
 * @returns {Promise<string>}
 */
function numberOf(server) {
  return new Promise((resolve, reject) => {
    let complaint = ''
    server.stderr?.setEncoding('utf8').on('data', (text) => (complaint += text))
    server.stdio[3]?.on('data', (/** @type {Buffer} */ data) => {
      const number = /\d+/.exec(data.toString())?.[0]
      if (number !== undefined) resolve(number)
    })
    /** @param {string} why */
    const fail = (why) =>
      reject(
        new SetupError({
          what: 'starting the virtual display (Xvfb)',
          why,
          fix: 'sudo apt-get install -y --no-install-recommends xvfb',
        }),
      )
    server.on('error', (error) => fail(error.message))
    server.on('exit', (code) => fail(complaint.trim() || `it ended with code ${code}`))
  })
}
