/** One end of a two-way channel: all that a server or client knows of its transport. */
export interface Port {
  /** Sends a message; typed arrays travel as they are (structured clone). */
  post(message: unknown): void
  /** Hears every message; the returned function ends the subscription. */
  onMessage(listener: (message: unknown) => void): () => void
  close(): void
}

/** Two ports joined in memory, for tests: what one posts the other hears, in order and not at once. */
export function portPair(): [Port, Port] {
  const listeners: [Set<(message: unknown) => void>, Set<(message: unknown) => void>] = [new Set(), new Set()]
  let open = true
  function end(own: 0 | 1): Port {
    const other = own === 0 ? 1 : 0
    return {
      post(message) {
        void Promise.resolve().then(() => {
          if (open) for (const listener of listeners[other]) listener(message)
        })
      },
      onMessage(listener) {
        listeners[own].add(listener)
        return () => listeners[own].delete(listener)
      },
      close() {
        open = false
      },
    }
  }
  return [end(0), end(1)]
}
