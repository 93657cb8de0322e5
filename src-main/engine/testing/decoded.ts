import type { Decoded, DecodedValues, ReadOptions, Refusal } from '../data/decode/contract'
import { decodeFile } from '../data/decode/decode-file'
import { bytesFile } from '../data/decode/source-file'

/** Limits that no test's own file comes near to. */
const options: ReadOptions = { limits: { bytes: 2 ** 24, pixels: 2 ** 20, values: 2 ** 20 }, frames: 'first' }

/** What bytes decode to; a refusal fails the test. */
export async function decoded(bytes: Uint8Array, name = 'it', wanted: Partial<ReadOptions> = {}): Promise<Decoded> {
  const outcome = await decodeFile(bytesFile(name, bytes), { ...options, ...wanted })
  if (!outcome.ok) throw new Error(`${outcome.refusal.code} ${JSON.stringify(outcome.refusal.params)}`)
  return outcome.decoded
}

/** As `decoded`, of a file with a single array. */
export async function decodedValues(
  bytes: Uint8Array,
  name = 'it',
  wanted: Partial<ReadOptions> = {},
): Promise<DecodedValues> {
  const found = await decoded(bytes, name, wanted)
  if (found.kind === 'table' || found.kind === 'arrays') throw new Error(`it is ${found.kind}`)
  return found
}

/** Why bytes are not decoded; anything else fails the test. */
export async function refusalOf(
  bytes: Uint8Array,
  name = 'it',
  wanted: Partial<ReadOptions> = {},
): Promise<Pick<Refusal, 'code' | 'params' | 'outcome'>> {
  const outcome = await decodeFile(bytesFile(name, bytes), { ...options, ...wanted })
  if (outcome.ok) throw new Error(`It was decoded as ${outcome.decoded.format}`)
  const { code, params, outcome: kind } = outcome.refusal
  return { code, params, outcome: kind }
}
