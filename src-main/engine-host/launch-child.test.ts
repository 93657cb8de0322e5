import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { useTemporaryFolder } from '../testing/temporary-folder'
import { childLaunch } from './launch-child'
import { LastLines, lineSplitter } from './lines'
import { waitForExit } from './process'

const folder = useTemporaryFolder()

/** Starts a real child process that runs a script. */
async function child(script: string) {
  const path = join(await folder(), 'child.cjs')
  await writeFile(path, script)
  return childLaunch(path)()
}

const echo = "process.on('message', (message) => process.send({ echo: message }))"

describe('a child process', () => {
  it('carries typed arrays there and back, in order', async () => {
    const engine = await child(echo)
    const heard: unknown[] = []
    const both = new Promise<void>((resolve) => {
      engine.port.onMessage((message) => {
        heard.push(message)
        if (heard.length === 2) resolve()
      })
    })
    engine.port.post({ values: Float32Array.of(1, 2.5) })
    engine.port.post({ bytes: Uint8Array.of(255), nothing: undefined })
    await both
    await waitForExit(engine, 10_000)
    expect(heard).toEqual([
      { echo: { values: Float32Array.of(1, 2.5) } },
      { echo: { bytes: Uint8Array.of(255), nothing: undefined } },
    ])
  })

  it.each([
    ['process.exit(3)', { reason: 'exit code 3', killed: false }],
    ['', { reason: 'exit code 0', killed: false }],
    ["process.kill(process.pid, 'SIGKILL')", { reason: 'SIGKILL', killed: true }],
    ["process.kill(process.pid, 'SIGTERM')", { reason: 'SIGTERM', killed: false }],
  ])('that runs %j ends with %j', async (script, end) => {
    expect(await (await child(script)).ended).toEqual(end)
  })

  it('lets its lines be heard', async () => {
    const engine = await child("process.stdout.write('one\\ntwo'); process.stderr.write('three\\n')")
    const lines: string[] = []
    engine.onLine((line) => lines.push(line))
    await engine.ended
    expect(lines.sort()).toEqual(['one', 'three'])
  })

  it('takes messages after its end without complaint', async () => {
    const engine = await child('')
    await engine.ended
    expect(() => engine.port.post({ late: true })).not.toThrow()
  })

  it('is killed where it does not end when asked', async () => {
    const engine = await child(`process.on('SIGTERM', () => undefined); ${echo}; process.send('up')`)
    await new Promise<void>((resolve) => void engine.port.onMessage(() => resolve()))
    await waitForExit(engine, 20)
    expect(await engine.ended).toEqual({ reason: 'SIGKILL', killed: true })
  })
})

describe('lines', () => {
  it.each([
    [['one\ntwo\n'], ['one', 'two']],
    [
      ['on', 'e\r\nt', 'wo\n'],
      ['one', 'two'],
    ],
    [['one\n\n  \ntwo\n'], ['one', 'two']],
    [['unfinished'], []],
    [[], []],
  ])('of %j are %j', (pieces, expected) => {
    const lines: string[] = []
    const split = lineSplitter((line) => lines.push(line))
    pieces.forEach(split)
    expect(lines).toEqual(expected)
  })

  it('keep a character whole that two pieces share', () => {
    const lines: string[] = []
    const split = lineSplitter((line) => lines.push(line))
    const bytes = Buffer.from('эпоха\n')
    split(bytes.subarray(0, 3))
    split(bytes.subarray(3))
    expect(lines).toEqual(['эпоха'])
  })

  it('that came last are kept, as many as wanted', () => {
    const last = new LastLines(2)
    for (const line of ['one', 'two', 'x'.repeat(1000)]) last.add(line)
    expect(last.text()).toBe(`two\n${'x'.repeat(400)}`)
  })
})
