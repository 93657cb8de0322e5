import type { CaptureDevice } from '@shared/data/collection'

/** What the system itself says of cameras and microphones. */
export interface SystemAccess {
  /** `unknown`: this system does not say. */
  status(device: CaptureDevice): 'granted' | 'denied' | 'not-asked' | 'unknown'
  /** Lets the system ask the person. */
  ask(device: CaptureDevice): Promise<boolean>
}

/** Which of the machine's eyes and ears the window may use now: none, but after a person asked for it there. */
export interface Capture {
  /** Opens a device to the window; false: the system keeps it from programs. */
  open(device: CaptureDevice): Promise<boolean>
  /** From now on a new request is refused; the window ends what it has by itself. */
  close(device: CaptureDevice): void
  isOpen(device: CaptureDevice): boolean
}

export function createCapture(system: SystemAccess): Capture {
  const opened = new Set<CaptureDevice>()
  return {
    async open(device) {
      const status = system.status(device)
      const granted = status === 'not-asked' ? await system.ask(device) : status !== 'denied'
      if (granted) opened.add(device)
      return granted
    },
    close: (device) => void opened.delete(device),
    isOpen: (device) => opened.has(device),
  }
}
