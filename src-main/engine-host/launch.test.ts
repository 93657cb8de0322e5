import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { engineEnvironment, utilityLaunch } from './launch'

/** Electron's side of the border: a utility process that does what the test says. */
const electron = vi.hoisted(() => ({
  app: undefined as unknown as EventEmitter,
  child: undefined as unknown as EventEmitter & { postMessage: ReturnType<typeof vi.fn>; kill: () => void },
  fork: undefined as unknown as (...given: unknown[]) => unknown,
}))
vi.mock('electron', () => ({
  get app() {
    return electron.app
  },
  utilityProcess: { fork: (...given: unknown[]) => electron.fork(...given) },
}))

beforeEach(() => {
  electron.app = new EventEmitter()
  electron.child = Object.assign(new EventEmitter(), { postMessage: vi.fn(), kill: vi.fn() })
  electron.fork = vi.fn(() => electron.child)
})

const gone = { type: 'Utility', name: 'Patchwork engine', reason: 'killed', exitCode: 9 }

describe('the end of a utility process', () => {
  it.each([
    ['the reason comes after the exit', ['exit', 'gone']],
    ['the reason comes before the exit', ['gone', 'exit']],
  ])('has its reason where %s', async (_what, order) => {
    const engine = utilityLaunch('/out/main/engine.js')()
    for (const event of order) {
      if (event === 'exit') electron.child.emit('exit', 0)
      else electron.app.emit('child-process-gone', {}, gone)
    }
    expect(await engine.ended).toEqual({ reason: 'killed, 9', killed: true })
    expect(electron.app.listenerCount('child-process-gone')).toBe(0)
  })

  it('has its exit code where no reason comes, and not the reason of another process', async () => {
    const engine = utilityLaunch('/out/main/engine.js')()
    electron.app.emit('child-process-gone', {}, { ...gone, name: 'Network Service' })
    electron.child.emit('exit', 7)
    expect(await engine.ended).toEqual({ reason: 'exit code 7', killed: false })
  })
})

describe('a utility process', () => {
  it('runs the engine with pipes, and hears and is heard until it ends', () => {
    const { port } = utilityLaunch('/out/main/engine.js')()
    expect(electron.fork).toHaveBeenCalledWith('/out/main/engine.js', [], expect.objectContaining({ stdio: 'pipe' }))
    const heard: unknown[] = []
    const stop = port.onMessage((message) => heard.push(message))
    electron.child.emit('message', 'one')
    stop()
    electron.child.emit('message', 'two')
    port.post('three')
    electron.child.emit('exit', 0)
    port.post('four')
    expect([heard, electron.child.postMessage.mock.calls]).toEqual([['one'], [['three']]])
  })

  it('does not take over what would change how its Node starts', () => {
    const env = { PATH: '/bin', NODE_OPTIONS: '--inspect', ELECTRON_RUN_AS_NODE: '1' }
    expect(engineEnvironment(env)).toEqual({ PATH: '/bin' })
    expect(env.NODE_OPTIONS).toBe('--inspect')
  })
})
