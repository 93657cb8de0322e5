// @ts-check
import { describe, expect, it } from 'vitest'
import { explainFailure, refuseRelease } from './failures.mjs'

describe('explainFailure', () => {
  it.each([
    '⨯ getaddrinfo ENOTFOUND github.com',
    'Get "https://github.com/x": dial tcp: connect: connection refused ECONNREFUSED',
    'RequestError: fetch failed',
    'HttpError: status code 403',
  ])('sees that a host is out of reach: %s', (line) => {
    const { why, fix } = explainFailure(`  • packaging\n${line}\n  • more`)
    expect(why).toContain(line)
    expect(fix).toContain('npm run package -- --dir')
  })

  it.each(['⨯ icon must be at least 256x256', '⨯ Cannot find module ./engine.js'])(
    'shows other failures: %s',
    (line) => {
      expect(explainFailure(line).why).toBe(line)
    },
  )
})

describe('refuseRelease', () => {
  it('says which Electron it is and what can be done', () => {
    const { message, fix } = refuseRelease('25.1.1')
    expect(message).toContain('25.1.1')
    expect(fix).toContain('--dir')
  })
})
