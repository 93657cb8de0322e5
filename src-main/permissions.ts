import type { CaptureDevice } from '@shared/data/collection'

export interface PermissionAsked {
  readonly permission: string
  /** Whether the main frame of our own page asks. */
  readonly own: boolean
  /** Of `media`: what is wanted; nothing where a page asks what devices there are. */
  readonly media: readonly string[]
}

const devices: Readonly<Record<string, CaptureDevice>> = { video: 'camera', audio: 'microphone' }

/**
 * What a page is granted: writing to the clipboard, and a camera or a microphone that is open to it. Everything else,
 * and everybody else, is refused.
 */
export function grants(
  { permission, own, media }: PermissionAsked,
  isOpen: (device: CaptureDevice) => boolean,
): boolean {
  if (permission === 'clipboard-sanitized-write') return true
  if (permission !== 'media' || !own) return false
  if (media.length === 0) return Object.values(devices).some(isOpen)
  return media.every((one) => {
    const device = devices[one]
    return device !== undefined && isOpen(device)
  })
}
