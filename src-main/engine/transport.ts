import type { Port } from '@shared/ipc/port'

/** Electron's end of a utility process's channel. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
  off(event: 'message', listener: (event: { data: unknown }) => void): unknown
}

/** A channel to the process that started this one; `onClose` hears when that is gone. */
export interface Transport {
  readonly port: Port
  onClose(listener: () => void): void
}

/** The channel of this process: Electron's `parentPort`, else that of `fork` (with `serialization: 'advanced'`). */
export function findTransport(): Transport | undefined {
  const parentPort: unknown = Reflect.get(process, 'parentPort')
  if (isParentPort(parentPort)) return overParentPort(parentPort)
  return process.send && process.connected ? overFork() : undefined
}

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value
}

/** Electron ends a utility process by itself when its parent is gone. */
function overParentPort(parent: ParentPort): Transport {
  return {
    port: {
      post: (message) => parent.postMessage(message),
      onMessage(listener) {
        const hear = ({ data }: { data: unknown }) => listener(data)
        parent.on('message', hear)
        return () => parent.off('message', hear)
      },
      close: () => process.exit(0),
    },
    onClose: () => undefined,
  }
}

function overFork(): Transport {
  return {
    port: {
      // A channel that closes under a message is told by `disconnect`; the callback keeps that from being thrown.
      post: (message) => void process.send?.(message, undefined, undefined, () => undefined),
      onMessage(listener) {
        process.on('message', listener)
        return () => process.off('message', listener)
      },
      close: () => process.disconnect?.(),
    },
    onClose: (listener) => void process.once('disconnect', listener),
  }
}
