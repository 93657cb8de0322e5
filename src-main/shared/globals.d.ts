/**
 * The few globals that Node and browsers share and that shared code may use. Other projects bring the full types of
 * their own; this file belongs to this project alone.
 */
interface AbortSignal {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}

declare class AbortController {
  readonly signal: AbortSignal
  abort(): void
}
