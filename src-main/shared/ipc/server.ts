import { answer, type AnswerOptions, type Contract, type Emit, type Handlers } from './contract'
import type { Port } from './port'
import { ClientMessage } from './wire'

export interface Server<C extends Contract> {
  readonly emit: Emit<C>
  /** Stops listening and gives up every call in flight. */
  stop(): void
}

/** Serves a contract on a port: every call is checked and answered, a cancel message fires its call's signal. */
export function serve<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  port: Port,
  options: Omit<AnswerOptions, 'signal'> = {},
): Server<C> {
  const running = new Map<number, AbortController>()

  async function run(id: number, name: string, input: unknown): Promise<void> {
    const controller = new AbortController()
    running.set(id, controller)
    const reply = await answer(contract, handlers, name, input, { ...options, signal: controller.signal })
    running.delete(id)
    port.post({ type: 'reply', id, reply })
  }

  const unsubscribe = port.onMessage((raw) => {
    const message = ClientMessage.safeParse(raw)
    if (!message.success) {
      options.onUnexpected?.('message', message.error)
      return
    }
    if (message.data.type === 'cancel') running.get(message.data.id)?.abort()
    else void run(message.data.id, message.data.name, message.data.input)
  })

  return {
    emit: (name, payload) => port.post({ type: 'event', name, payload }),
    stop() {
      unsubscribe()
      for (const controller of running.values()) controller.abort()
    },
  }
}
