// @ts-check
import { spawn } from 'node:child_process'
import { run } from '../setup/run.mjs'

/** @typedef {{ pid: number, parent: number, bytes: number }} ProcessLine */

const EVERY = 100

/**
 * Runs a program and gives the most memory that it and all its descendants held together, in bytes.
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>}
 */
export async function peakMemory(program, parameters, env) {
  const child = spawn(program, parameters, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => (complaint += text))
  /** @type {Promise<number>} */
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
  const { pid } = child
  if (pid === undefined) return ended
  let peak = 0
  let over = false
  const watched = (async () => {
    while (!over) {
      peak = Math.max(peak, treeMemory(await listProcesses(), pid))
      await new Promise((resolve) => setTimeout(resolve, EVERY))
    }
  })()
  const code = await ended.finally(() => (over = true))
  await watched
  if (code !== 0) throw new Error(`${parameters[0]} failed: ${complaint.trim().split('\n').slice(-3).join(' ')}`)
  return peak
}

/**
 * The memory of a process and all its descendants, in bytes.
 * @param {readonly ProcessLine[]} processes
 * @param {number} pid
 * @returns {number}
 */
export function treeMemory(processes, pid) {
  const own = processes.find((one) => one.pid === pid)?.bytes ?? 0
  const children = processes.filter(({ parent }) => parent === pid)
  return children.reduce((sum, child) => sum + treeMemory(processes, child.pid), own)
}

/** @returns {Promise<ProcessLine[]>} */
async function listProcesses() {
  const { code, stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,rss='])
  if (code !== 0) throw new Error('the memory of processes is read with `ps`, which is not here')
  return readProcessLines(stdout)
}

/**
 * What `ps -A -o pid=,ppid=,rss=` prints; it counts memory in KiB.
 * @param {string} text
 * @returns {ProcessLine[]}
 */
export function readProcessLines(text) {
  return text.split('\n').flatMap((line) => {
    const [pid, parent, size] = line.trim().split(/\s+/).map(Number)
    return pid && parent !== undefined && size !== undefined ? [{ pid, parent, bytes: 1024 * size }] : []
  })
}
