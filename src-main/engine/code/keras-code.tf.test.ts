import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { codeText } from '@shared/network/code/code-text'
import { kerasCode } from '@shared/network/code/python'
import { englishText } from '@shared/messages/english'
import { readNetwork } from '@shared/network/read/read-network'
import { codeExamples, essence } from '../testing/code-examples'
import { askOracle, oracleMissing } from '../testing/oracle'

const Answer = z.union([
  z.object({ shapes: z.array(z.array(z.int().nullable())), weights: z.int(), json: z.string() }),
  z.object({ refused: z.string() }),
])

const examples = codeExamples().map((example) => ({
  ...example,
  code: codeText(kerasCode(example.network, englishText)),
}))
let answers: z.output<typeof Answer>[] = []

beforeAll(async () => {
  const codes = examples.map(({ code }) => code)
  if (!oracleMissing) answers = await askOracle('keras_code.py', codes, Answer.array())
}, 300_000)

describe.skipIf(oracleMissing)('the network in Python', () => {
  it.each(examples.map((example, at) => ({ ...example, at })))(
    '$title: Keras runs it, gives the same shape and as many weights, and its JSON is read as the same network',
    ({ network, shape, weights, code, at }) => {
      const answer = answers[at]!
      if ('refused' in answer) throw new Error(`Keras refuses it: ${answer.refused}\n${code}`)
      expect(answer).toMatchObject({ shapes: [shape], weights })
      const read = readNetwork(answer.json)
      expect(read).toMatchObject({ ok: true, left: [] })
      expect(read.ok && essence(read.network)).toEqual(essence(network))
    },
  )
})
