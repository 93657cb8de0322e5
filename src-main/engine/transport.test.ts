import { EventEmitter } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { findTransport } from './transport'

/** Electron's `process.parentPort`, as far as the engine uses it. */
class FakeParentPort extends EventEmitter {
  readonly sent: unknown[] = []
  postMessage(message: unknown): void {
    this.sent.push(message)
  }
}

afterEach(() => void Reflect.deleteProperty(process, 'parentPort'))

describe('the transport', () => {
  it('is Electron’s parent port where there is one', () => {
    const parent = new FakeParentPort()
    Object.defineProperty(process, 'parentPort', { value: parent, configurable: true })
    const transport = findTransport()
    const heard: unknown[] = []
    const stop = transport?.port.onMessage((message) => heard.push(message))
    parent.emit('message', { data: 'one', ports: [] })
    stop?.()
    parent.emit('message', { data: 'two', ports: [] })
    transport?.port.post('answer')
    expect([heard, parent.sent]).toEqual([['one'], ['answer']])
  })
})
