import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { englishText } from '@shared/messages/english'
import { codeText } from '@shared/network/code/code-text'
import { kerasCode } from '@shared/network/code/python'
import type { NetworkDocument } from '@shared/network/document'
import { networkEnds, outputsOf } from '@shared/network/outputs'
import { readNetwork } from '@shared/network/read/read-network'
import { totals, walk, wiresInto } from '@shared/network/walk'
import { askOracle, oracleMissing } from '../testing/oracle'
import { networksOfSeveralEnds } from '../testing/several-ends'

const Answer = z.object({ shapes: z.array(z.array(z.int())), weights: z.int(), json: z.string() })
const examples = Object.entries(networksOfSeveralEnds).map(([title, { network }]) => ({
  title,
  network,
  code: codeText(kerasCode(network, englishText)),
}))
let answers: z.output<typeof Answer>[] = []
beforeAll(async () => {
  const questions = examples.map(({ code }) => ({ code, trial: null }))
  if (!oracleMissing) answers = await askOracle('keras_code.py', questions, Answer.array())
}, 120_000)

/** A layer with all that leads to it, in words that do not hang on ids or on the order of the branches. */
function words(network: NetworkDocument, id: string): string {
  const { node, kind } = walk(network).get(id)!
  const values = Object.entries(kind!.complete(node.values)).filter(([name]) => !['part', 'first'].includes(name))
  const sources = (wiresInto(network).get(id) ?? []).map(({ from }) => words(network, from))
  return JSON.stringify([node.kind, values, sources])
}

/** What a network puts out, the main output first; which channels an input takes Keras has no words for. */
function outputsIn(network: NetworkDocument) {
  const [main, ...others] = outputsOf(network).map(({ id, ...asked }) => ({ ...asked, layers: words(network, id) }))
  return [main, ...others.sort((one, other) => (one.layers < other.layers ? -1 : 1))]
}

describe.skipIf(oracleMissing).each(examples.map((example, at) => ({ ...example, at })))(
  '$title, in Python',
  ({ network, at }) => {
    it('has in Keras the same outputs in the same order, and as many weights', () => {
      const facts = walk(network)
      const { outputs } = networkEnds(network, facts)
      const results = outputs.map(({ id }) => facts.get(id)!.result)
      expect(answers[at]).toMatchObject({
        shapes: results.map((result) => result.ok && result.shape),
        weights: totals(facts).trainable,
      })
    })

    it("comes back from Keras's JSON with its layers and the outputs' losses and weights", () => {
      const read = readNetwork(answers[at]!.json)
      expect(read).toMatchObject({ ok: true, left: [] })
      if (!read.ok) return
      expect(read.network.nodes).toHaveLength(network.nodes.length)
      expect(outputsIn(read.network)).toEqual(outputsIn(network))
    })
  },
)
