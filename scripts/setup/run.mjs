// @ts-check
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

/** Of a program's output so many characters are kept, unless more are asked for. */
const KEPT = 200_000

/** @typedef {{ code: number, stdout: string, output: string }} Outcome */

/**
 * Runs a program to its end and keeps what it printed; never throws for an exit code, nor for a missing program
 * (code 127).
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal, onOutput?: (text: string) => void,
 *   kept?: number }} [options]
 * @returns {Promise<Outcome>}
 */
export function run(program, parameters, { onOutput, kept = KEPT, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, parameters, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      stdout += text
      onOutput?.(text)
      output = (output + text).slice(-kept)
    })
    child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      output = (output + text).slice(-kept)
    })
    child.on('error', (error) => resolve({ code: 127, stdout, output: `${output}${error.message}` }))
    child.on('close', (code, signal) => resolve({ code: code ?? (signal ? 128 : 1), stdout, output }))
  })
}

/**
 * Runs a program in the person's terminal and gives its exit code. `stdout: 'stderr'` sends its output to standard
 * error, for the command line, whose standard output is its result.
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, stdout?: 'inherit' | 'stderr', input?: 'inherit' | 'ignore' }} [options]
 * @returns {Promise<number>}
 */
export function runVisibly(program, parameters, { cwd, env, stdout = 'inherit', input = 'ignore' } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      cwd,
      env,
      stdio: [input, stdout === 'stderr' ? 2 : 'inherit', 'inherit'],
    })
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => {
      // A terminal sends Ctrl-C to the program as well as to this script: once is enough.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    }
    process.on('SIGINT', pass).on('SIGTERM', pass)
    const forget = () => process.off('SIGINT', pass).off('SIGTERM', pass)
    child.on('error', (error) => {
      forget()
      reject(error)
    })
    child.on('close', (code, signal) => {
      forget()
      resolve(code ?? (signal === 'SIGINT' ? 130 : signal ? 143 : 1))
    })
  })
}

/**
 * The last lines of a program's output, without colours, for an error message.
 * @param {string} output
 * @param {number} [lines]
 */
export function lastLines(output, lines = 6) {
  return stripVTControlCharacters(output)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .slice(-lines)
    .join('\n             ')
}

/**
 * The line of a program's output that names the error, or its last lines where none does.
 * @param {string} output
 */
export function errorLine(output) {
  const line = stripVTControlCharacters(output)
    .split('\n')
    .find((text) => /^\s*(\w*Error|ERROR|npm error|error)\b.*\S/.test(text))
  return line?.trim() ?? lastLines(output, 3)
}

/**
 * Where a program lies on the search path, if anywhere.
 * @param {string} name
 * @param {NodeJS.ProcessEnv} [env]
 */
export function findProgram(name, env = process.env) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : ['']
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    for (const ending of endings) {
      const path = join(folder, name + ending)
      if (folder !== '' && existsSync(path)) return path
    }
  }
  return undefined
}

/**
 * npm as a program and its first parameters. Started by npm, its own script is known and needs no shell (which a
 * `.cmd` file on Windows would).
 * @returns {{ program: string, first: string[] }}
 */
export function npm() {
  const script = process.env.npm_execpath
  if (script?.endsWith('npm-cli.js') && existsSync(script)) return { program: process.execPath, first: [script] }
  const beside = join(process.execPath, '..', 'node_modules', 'npm', 'bin', 'npm-cli.js')
  if (process.platform === 'win32' && existsSync(beside)) return { program: process.execPath, first: [beside] }
  return { program: 'npm', first: [] }
}

/**
 * An environment without one variable.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} name
 * @returns {NodeJS.ProcessEnv}
 */
export function without(env, name) {
  return Object.fromEntries(Object.entries(env).filter(([key]) => key !== name))
}
