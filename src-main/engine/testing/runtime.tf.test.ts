import { describe, expect, it } from 'vitest'

describe('the engine tests', () => {
  // `npm test` runs them on several Nodes, and says in this variable on which one it means to be.
  it.runIf(process.env.PATCHWORK_EXPECTED_NODE)('run on the Node that they are said to run on', () => {
    expect(process.versions.node).toBe(process.env.PATCHWORK_EXPECTED_NODE)
  })
})
