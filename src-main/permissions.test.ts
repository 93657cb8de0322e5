import { describe, expect, it, vi } from 'vitest'
import type { CaptureDevice } from '@shared/data/collection'
import { grants } from './permissions'
import { createCapture } from './services/capture'

describe('permissions', () => {
  it.each<[string, boolean, readonly string[], readonly CaptureDevice[], boolean]>([
    ['clipboard-sanitized-write', true, [], [], true],
    ['clipboard-read', true, [], ['camera', 'microphone'], false],
    ['geolocation', true, [], ['camera', 'microphone'], false],
    ['media', true, ['video'], [], false],
    ['media', true, ['video'], ['camera'], true],
    ['media', false, ['video'], ['camera'], false],
    ['media', true, ['audio'], ['camera'], false],
    ['media', true, ['video', 'audio'], ['camera'], false],
    ['media', true, ['video', 'audio'], ['camera', 'microphone'], true],
    ['media', true, ['screen'], ['camera', 'microphone'], false],
    ['media', true, [], [], false],
    ['media', true, [], ['microphone'], true],
  ])('%s asked by our page (%s) for %j with %j open: %s', (permission, own, media, open, granted) => {
    expect(grants({ permission, own, media }, (device) => open.includes(device))).toBe(granted)
  })
})

describe('a camera', () => {
  it.each<['granted' | 'denied' | 'not-asked' | 'unknown', boolean, boolean, number]>([
    ['granted', false, true, 0],
    ['unknown', false, true, 0],
    ['denied', true, false, 0],
    ['not-asked', true, true, 1],
    ['not-asked', false, false, 1],
  ])('that the system calls %s, and a person allows (%s), is open: %s', async (status, allowed, open, times) => {
    const ask = vi.fn(async () => allowed)
    const capture = createCapture({ status: () => status, ask })
    expect(capture.isOpen('camera')).toBe(false)
    expect(await capture.open('camera')).toBe(open)
    expect([capture.isOpen('camera'), capture.isOpen('microphone')]).toEqual([open, false])
    expect(ask).toHaveBeenCalledTimes(times)
    capture.close('camera')
    expect(capture.isOpen('camera')).toBe(false)
  })
})
