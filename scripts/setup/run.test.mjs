// @ts-check
import { describe, expect, it } from 'vitest'
import { errorLine, lastLines, run, without } from './run.mjs'

describe('run', () => {
  const node = (/** @type {string} */ code) => run(process.execPath, ['-e', code])

  it('gives the exit code and what was printed', async () => {
    const outcome = await node("console.log('out'); console.error('err'); process.exit(3)")
    expect(outcome).toMatchObject({ code: 3, stdout: 'out\n' })
    expect(outcome.output).toContain('err')
  })

  it('tells a program that a signal ended from one that ended by itself', async () => {
    expect((await node("process.kill(process.pid, 'SIGKILL')")).code).toBeGreaterThanOrEqual(128)
  })

  it('gives code 127 for a program that is not there', async () => {
    expect(await run('/no/such/program', [])).toMatchObject({ code: 127, stdout: '' })
  })

  it('shows output as it comes', async () => {
    /** @type {string[]} */
    const seen = []
    await run(process.execPath, ['-e', "console.log('one')"], { onOutput: (text) => void seen.push(text) })
    expect(seen).toEqual(['one\n'])
  })
})

describe('lastLines', () => {
  it('leaves out empty lines and colours', () => {
    expect(lastLines('one\n\n\x1b[31mtwo\x1b[0m  \nthree\n', 2)).toMatch(/^two\n\s+three$/)
  })
})

describe('errorLine', () => {
  it.each([
    ['at x\nTypeError: fetch failed\n    at y\n', 'TypeError: fetch failed'],
    ['Looking in links: /x\nERROR: No matching distribution\n', 'ERROR: No matching distribution'],
    ['npm error code E404\nnpm error 404 Not Found', 'npm error code E404'],
    ['\x1b[31merror\x1b[0m: it broke', 'error: it broke'],
    ['it just stopped\n', 'it just stopped'],
    ['', ''],
  ])('%j', (output, line) => {
    expect(errorLine(output)).toBe(line)
  })
})

describe('without', () => {
  it('leaves one variable out, and the given environment as it is', () => {
    const env = { A: '1', B: '2' }
    expect(without(env, 'A')).toEqual({ B: '2' })
    expect(env).toEqual({ A: '1', B: '2' })
  })
})
