import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { deferred, installFakeBridge } from '@/stores/testing/fake-bridge'
import { useStream } from './use-stream'

function fakeStream() {
  const track = Object.assign(new EventTarget(), { stop: vi.fn(), getSettings: () => ({ deviceId: 'built-in' }) })
  return { track, stream: { getTracks: () => [track] } }
}

const getUserMedia = vi.fn()

function setUp(granted = true) {
  const bridge = installFakeBridge({ openCapture: () => ({ granted }), closeCapture: () => ({}) })
  const scope = effectScope()
  const camera = scope.run(() => useStream('camera', { width: 640 }))!
  return { bridge, scope, camera, closed: () => bridge.named('closeCapture').length }
}

beforeEach(() => {
  setActivePinia(createPinia())
  const listed = [
    { kind: 'videoinput', deviceId: 'built-in', label: 'Front' },
    { kind: 'audioinput', deviceId: 'm', label: 'Microphone' },
  ]
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia, enumerateDevices: async () => listed } })
})

afterEach(() => {
  getUserMedia.mockReset()
  vi.unstubAllGlobals()
})

describe('a camera', () => {
  it('is off until it is started, and is given back when it is stopped or its view goes', async () => {
    const { bridge, camera, scope, closed } = setUp()
    expect([bridge.calls, getUserMedia.mock.calls]).toEqual([[], []])
    const { stream, track } = fakeStream()
    getUserMedia.mockResolvedValue(stream)
    await camera.start()
    expect(bridge.named('openCapture')).toEqual([{ device: 'camera' }])
    expect([camera.stream.value, camera.chosen.value]).toEqual([stream, 'built-in'])
    expect(camera.devices.value).toEqual([{ id: 'built-in', label: 'Front' }])
    camera.stop()
    expect([camera.stream.value, track.stop.mock.calls.length, closed()]).toEqual([null, 1, 1])
    await camera.start('other')
    expect(getUserMedia).toHaveBeenLastCalledWith({ video: { width: 640, deviceId: { exact: 'other' } } })
    scope.stop()
    expect([camera.stream.value, track.stop.mock.calls.length, closed()]).toEqual([null, 2, 2])
  })

  it('that comes when nobody waits for it any more is given back at once', async () => {
    const { camera, closed } = setUp()
    const late = deferred<unknown>()
    getUserMedia.mockReturnValue(late.promise)
    const starting = camera.start()
    expect(camera.starting.value).toBe(true)
    camera.stop()
    const { stream, track } = fakeStream()
    late.resolve(stream)
    await starting
    expect([camera.stream.value, camera.starting.value, track.stop.mock.calls.length, closed()]).toEqual([
      null,
      false,
      1,
      1,
    ])
  })

  it('that is pulled out says so', async () => {
    const { camera } = setUp()
    const { stream, track } = fakeStream()
    getUserMedia.mockResolvedValue(stream)
    await camera.start()
    track.dispatchEvent(new Event('ended'))
    expect([camera.stream.value, camera.problem.value]).toEqual([null, 'none'])
  })

  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'none'],
    ['OverconstrainedError', 'none'],
    ['NotReadableError', 'busy'],
    ['TypeError', 'failed'],
  ])('whose opening ends with %s is %s', async (name, problem) => {
    const { camera, closed } = setUp()
    getUserMedia.mockRejectedValue(new DOMException('', name))
    await camera.start()
    expect([camera.problem.value, camera.starting.value, closed()]).toEqual([problem, false, 1])
  })

  it('that the system keeps from programs is not asked for', async () => {
    const { camera } = setUp(false)
    await camera.start()
    expect([camera.problem.value, getUserMedia.mock.calls]).toEqual(['denied', []])
  })
})
