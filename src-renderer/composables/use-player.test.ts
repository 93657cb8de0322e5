import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, shallowRef } from 'vue'
import { isPlayable, usePlayer, type Playable } from './use-player'

/** What Chromium's audio was asked for. */
const started: { rate: number; channels: number; from: number; source: FakeSource }[] = []
class FakeNode {
  gain = { value: 1 }
  connect = (next: unknown) => next
  disconnect = vi.fn()
}
class FakeSource extends FakeNode {
  buffer: { rate: number; channels: number } | undefined
  onended: (() => void) | null = null
  stop = vi.fn()
  start(_when: number, from: number): void {
    started.push({ ...this.buffer!, from, source: this })
  }
}
let now = 0
class FakeAudio {
  get currentTime(): number {
    return now
  }
  destination = {}
  resume = async () => undefined
  createBuffer = (channels: number, _length: number, rate: number) => ({ channels, rate, copyToChannel: vi.fn() })
  createBufferSource = () => new FakeSource()
  createGain = () => new FakeNode()
}

const tone = (rate: number | null, channels = 1, frames = 8000): Playable => ({
  rate,
  channels: Array.from({ length: channels }, () => new Float32Array(frames)),
})

let scope = effectScope()
beforeEach(() => {
  started.length = 0
  now = 0
  scope = effectScope()
  vi.stubGlobal('AudioContext', FakeAudio)
})
afterEach(() => {
  scope.stop()
  vi.unstubAllGlobals()
})

const player = (sound: Playable | null) => {
  const shown = shallowRef(sound)
  return { shown, ...scope.run(() => usePlayer(shown, 0.5))! }
}

describe('playing', () => {
  it.each([
    ['speech', tone(8000), true],
    ['an unknown rate', tone(null), false],
    ['a rate too low to hear', tone(100), false],
    ['nothing at all', tone(8000, 1, 0), false],
  ])('%s', (_name, sound, able) => {
    expect(isPlayable(sound)).toBe(able)
    const one = player(sound)
    expect(one.playing.value).toBe(false)
    one.play()
    expect(one.playing.value).toBe(able)
    expect(started).toHaveLength(able ? 1 : 0)
  })

  it('has the sound’s own rate and channels, and goes on where it was left', () => {
    const one = player(tone(8000, 2))
    one.seek(0.25)
    one.play()
    expect(started[0]).toMatchObject({ rate: 8000, channels: 2, from: 0.25 })
    now = 0.5
    one.seek(0.75)
    expect(started[0]!.source.stop).toHaveBeenCalled()
    expect(started[1]).toMatchObject({ from: 0.75 })
    started[1]!.source.onended?.()
    expect([one.playing.value, one.position.value]).toEqual([false, 1])
    one.toggle()
    expect(started[2]).toMatchObject({ from: 0 })
  })

  it('stops for another sound, a changed one, and when its view is left', () => {
    const one = player(tone(8000))
    const other = player(tone(8000))
    one.play()
    other.play()
    expect([one.playing.value, other.playing.value]).toEqual([false, true])
    other.shown.value = tone(16_000)
    expect([other.playing.value, other.position.value]).toEqual([false, 0])
    one.play()
    scope.stop()
    expect(started.at(-1)!.source.stop).toHaveBeenCalled()
  })
})
