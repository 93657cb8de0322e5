import { afterEach, describe, expect, it, vi } from 'vitest'
import type { EngineState } from '@shared/ipc/app'
import { AppError } from '@shared/ipc/errors'
import { fakeDevice, fakeEngine, fakeLog, type FakeEngine } from '../testing/fake-engine'
import { startHost, type EngineHost, type HostOptions } from './host'

const hosts: EngineHost[] = []
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()))
})

/** A host over a fake engine whose waits end when the test says so. */
function hosted(fake: FakeEngine, options: Partial<HostOptions> = {}) {
  const log = fakeLog()
  const waits: { milliseconds: number; end: () => void }[] = []
  const wait = (milliseconds: number) => new Promise<void>((end) => void waits.push({ milliseconds, end }))
  const host = startHost({ launch: fake.launch, log, wait, restartDelays: [10, 20], ...options })
  hosts.push(host)
  const states: EngineState[] = []
  host.onState((state) => states.push(state))
  return { host, log, states, waits }
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5))

/** Lets the engine crash, and the restart that follows begin. */
async function crash(fake: FakeEngine, waits: { end: () => void }[]): Promise<void> {
  fake.newest().die()
  await settle()
  waits.at(-1)?.end()
  await settle()
}

describe('an engine host', () => {
  it('is ready once the engine has told its processor', async () => {
    const { host, states } = hosted(fakeEngine())
    expect(host.state()).toEqual({ state: 'starting', device: null, error: null, restarts: 0 })
    await host.client()
    expect(states).toEqual([{ state: 'ready', device: fakeDevice, error: null, restarts: 0 }])
  })

  it('passes on the events of whichever engine runs', async () => {
    const fake = fakeEngine()
    const { host, waits } = hosted(fake)
    const heard: string[] = []
    const stop = host.on('log', ({ text }) => heard.push(text))
    await host.client()
    fake.newest().server.emit('log', { level: 'info', text: 'first' })
    await settle()
    await crash(fake, waits)
    fake.newest().server.emit('log', { level: 'info', text: 'second' })
    await settle()
    stop()
    fake.newest().server.emit('log', { level: 'info', text: 'third' })
    await settle()
    expect(heard).toEqual(['first', 'second'])
  })

  it('fails the calls in flight when the engine crashes, with what it said last', async () => {
    const fake = fakeEngine({ stopRun: () => new Promise(() => undefined) })
    const { host, log, states } = hosted(fake)
    const gone: AppError[] = []
    host.onGone((why) => gone.push(why))
    const call = (await host.client()).stopRun({ id: 'run-0001' }).catch((thrown: unknown) => thrown)
    fake.newest().say('out of memory')
    fake.newest().die({ reason: 'SIGABRT' })
    const expected = {
      code: 'engine-crashed-saying',
      params: { reason: 'SIGABRT', lastLines: 'out of memory' },
    }
    expect(await call).toMatchObject(expected)
    expect(gone).toMatchObject([expected])
    expect(states.at(-1)).toMatchObject({ state: 'crashed', device: null, error: expected })
    expect(log.lines.join('\n')).toContain('out of memory')
  })

  it('does not take the last words of a killed engine for a reason', async () => {
    const fake = fakeEngine()
    const { host, states } = hosted(fake)
    await host.client()
    fake.newest().say('all is well')
    fake.newest().die({ reason: 'SIGKILL', killed: true })
    await settle()
    expect(states.at(-1)?.error).toMatchObject({ code: 'engine-crashed', params: { reason: 'SIGKILL' } })
  })

  it('starts a new engine after a crash, and serves the calls that waited for it', async () => {
    const fake = fakeEngine({ recognizeFiles: () => ({ kind: 'sample', id: 'mnist' }) })
    const { host, states, waits } = hosted(fake)
    await host.client()
    fake.newest().die()
    await settle()
    const waiting = host.client().then((client) => client.recognizeFiles({ paths: ['/a'] }))
    waits[0]?.end()
    expect(await waiting).toEqual({ kind: 'sample', id: 'mnist' })
    expect(states.map(({ state, restarts }) => `${state} ${restarts}`)).toEqual([
      'ready 0',
      'crashed 0',
      'starting 1',
      'ready 1',
    ])
    expect(states.at(-1)?.error).toBeNull()
  })

  it('waits longer each time, and gives up after the last wait', async () => {
    const fake = fakeEngine()
    const { host, waits } = hosted(fake)
    await host.client()
    await crash(fake, waits)
    await crash(fake, waits)
    fake.newest().die({ reason: 'SIGSEGV' })
    await settle()
    expect(waits.map(({ milliseconds }) => milliseconds)).toEqual([10, 20])
    expect(fake.started).toHaveLength(3)
    const expected = { code: 'engine-gave-up', params: { count: 3, reason: 'SIGSEGV' } }
    expect(host.state()).toMatchObject({ state: 'crashed', error: expected })
    await expect(host.client()).rejects.toMatchObject(expected)
  })

  it('counts anew after an engine that ran long enough', async () => {
    const fake = fakeEngine()
    let time = 0
    const { host, waits } = hosted(fake, { now: () => time, soundAfter: 1000 })
    await host.client()
    for (const lasted of [999, 1000, 1000, 1000]) {
      time += lasted
      await crash(fake, waits)
    }
    expect(waits.map(({ milliseconds }) => milliseconds)).toEqual([10, 10, 10, 10])
    expect(host.state()).toMatchObject({ state: 'ready', restarts: 4 })
  })

  it('stays down where the engine cannot compute, and does not try again by itself', async () => {
    const fake = fakeEngine({
      device: () => {
        throw new AppError('read-failed', { path: 'libtensorflow.so', detail: 'ENOENT' })
      },
    })
    const { host, waits } = hosted(fake)
    await expect(host.client()).rejects.toMatchObject({ code: 'read-failed' })
    await settle()
    expect(fake.newest().killed()).toBe(true)
    expect([fake.started.length, waits.length, host.state().state]).toEqual([1, 0, 'crashed'])
  })

  it('stays down where no process can be started', async () => {
    const { host } = hosted({
      ...fakeEngine(),
      launch: () => {
        throw new Error('no such file')
      },
    })
    await expect(host.client()).rejects.toMatchObject({
      code: 'engine-not-started',
      params: { detail: expect.stringContaining('no such file') },
    })
  })

  it('starts again by hand after it has given up', async () => {
    const fake = fakeEngine()
    const { host, waits } = hosted(fake, { restartDelays: [] })
    await host.client()
    fake.newest().die()
    await settle()
    expect(host.state().state).toBe('crashed')
    expect(await host.restart()).toEqual({ state: 'ready', device: fakeDevice, error: null, restarts: 0 })
    await expect(host.client()).resolves.toBeDefined()
    expect(waits).toEqual([])
  })

  it('ends the running engine first when it is restarted by hand, and says that it is gone', async () => {
    const fake = fakeEngine()
    const { host } = hosted(fake)
    await host.client()
    const gone = vi.fn()
    host.onGone(gone)
    await host.restart()
    expect(fake.started[0]?.killed()).toBe(true)
    expect(gone).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'engine-restarted' }))
    expect(fake.started).toHaveLength(2)
  })

  it('does not start again once it was stopped, also where a restart was waiting', async () => {
    const fake = fakeEngine()
    const { host, waits } = hosted(fake)
    await host.client()
    fake.newest().die()
    await settle()
    await host.stop()
    waits[0]?.end()
    await settle()
    expect(fake.started).toHaveLength(1)
    expect(host.state().state).toBe('stopped')
    await expect(host.client()).rejects.toMatchObject({ code: 'engine-stopped' })
  })
})
