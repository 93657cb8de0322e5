import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'

const python = process.env['PATCHWORK_ORACLE'] ?? ''

/**
 * Whether there is no Python with TensorFlow and Keras to compare with; `npm test` makes one. Tests that need it are
 * left out then, and this says so.
 */
export const oracleMissing = python === ''
if (oracleMissing) {
  process.stderr.write('Tests against TensorFlow in Python are left out: it is not here (`npm test` provides it).\n')
}

/**
 * Runs a Python script of this folder on the oracle: `question` is JSON on its standard input, the answer the last line
 * of its standard output. Starting TensorFlow takes seconds: ask once for all tests of a file.
 */
export async function askOracle<T>(script: string, question: unknown, answer: z.ZodType<T>): Promise<T> {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', CUDA_VISIBLE_DEVICES: '-1', PYTHONDONTWRITEBYTECODE: '1' }
  const child = spawn(python, [path], { env })
  let output = ''
  let complaints = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text))
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
  child.stdin.end(JSON.stringify(question))
  const code = await ended
  if (code !== 0) throw new Error(`${script} ended with ${code}:\n${complaints}`)
  return answer.parse(JSON.parse(output.trimEnd().split('\n').at(-1) ?? ''))
}
