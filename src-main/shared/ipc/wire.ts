import { z } from 'zod'
import { WordParams } from '../messages/words'

/** The schema of an error on its way across a border. */
export const ErrorReportSchema = z.object({
  code: z.string(),
  params: WordParams,
  message: z.string(),
  hint: z.string(),
})

export const ReplySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: ErrorReportSchema }),
])

/** What a client sends to a server. */
export const ClientMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id: z.int(), name: z.string(), input: z.unknown() }),
  z.object({ type: z.literal('cancel'), id: z.int() }),
])

/** What a server sends to a client. */
export const ServerMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('reply'), id: z.int(), reply: ReplySchema }),
  z.object({ type: z.literal('event'), name: z.string(), payload: z.unknown() }),
])
