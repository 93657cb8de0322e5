import { Refusal, type Limits } from '../contract'
import { build, call, damagedPickle, lookUp, type Allowance } from './calls'
import { PickleSource } from './source'
import { textOf, type PickleBytes, type PickleList, type PickleTuple, type PickleValue } from './values'

/** A mark on the stack, to which the next list, tuple or dictionary reaches down. */
const mark = Symbol('mark')
type Item = PickleValue | typeof mark

/**
 * Reads a Python pickle of protocol 0 to 5 that holds nothing but plain data and NumPy arrays. A pickle is a program for a
 * machine with a stack and a memo; this machine has no instruction that makes anything else.
 */
export function unpickle(bytes: Uint8Array, limits: Limits): PickleValue {
  return new Machine(new PickleSource(bytes), { limits, bytes: bytes.length }).run()
}

class Machine {
  private readonly source: PickleSource
  private readonly allowance: Allowance
  private readonly stack: Item[] = []
  private readonly memo = new Map<number, PickleValue>()

  constructor(source: PickleSource, allowance: Allowance) {
    this.source = source
    this.allowance = allowance
  }

  run(): PickleValue {
    for (;;) {
      const code = this.source.u8()
      if (code === 0x2e) return this.pop()
      const step = steps[code]
      // What would make an object of a class, ask for one by a name of its own, or take one from outside.
      if (!step)
        throw instances.includes(code) ? new Refusal('pickle-object', { name: 'class' }, 'refused') : damagedPickle()
      step(this, this.source)
    }
  }

  push(value: Item): void {
    this.stack.push(value)
  }

  pop(): PickleValue {
    const value = this.stack.pop()
    if (value === undefined || value === mark) throw damagedPickle()
    return value
  }

  /** Takes what lies above the last mark, and the mark. */
  popToMark(): PickleValue[] {
    const at = this.stack.lastIndexOf(mark)
    if (at < 0) throw damagedPickle()
    const above = this.stack.splice(at).slice(1)
    return above.filter((item) => item !== mark)
  }

  top(): PickleValue {
    const value = this.stack.at(-1)
    if (value === undefined || value === mark) throw damagedPickle()
    return value
  }

  drop(): void {
    if (this.stack.pop() === undefined) throw damagedPickle()
  }

  keep(position = this.memo.size): void {
    this.memo.set(position, this.top())
  }

  recall(position: number): void {
    const value = this.memo.get(position)
    if (value === undefined) throw damagedPickle()
    this.push(value)
  }

  take(count: number): PickleTuple {
    const items = Array.from({ length: count }, () => this.pop()).reverse()
    return { kind: 'tuple', items }
  }

  reduce(): void {
    const given = this.pop()
    this.push(call(this.pop(), given, this.allowance))
  }

  build(): void {
    const state = this.pop()
    build(this.top(), state, this.allowance)
  }

  append(items: readonly PickleValue[]): void {
    const list = this.top()
    if (list === null || typeof list !== 'object' || list.kind !== 'list') throw damagedPickle()
    for (const item of items) list.items.push(item)
  }

  /** Sets keys and values that follow one another. */
  set(items: readonly PickleValue[]): void {
    const dictionary = this.top()
    if (dictionary === null || typeof dictionary !== 'object' || dictionary.kind !== 'dictionary') throw damagedPickle()
    for (let n = 0; n + 1 < items.length; n += 2) {
      const value = items[n + 1]
      if (value !== undefined) dictionary.entries.set(keyOf(items[n]), value)
    }
  }

  named(): void {
    const name = textOf(this.pop())
    const module = textOf(this.pop())
    if (module === undefined || name === undefined) throw damagedPickle()
    this.push(lookUp(module, name))
  }
}

type Step = (machine: Machine, source: PickleSource) => void

/** NEWOBJ, NEWOBJ_EX, INST, OBJ, PERSID, BINPERSID, EXT1, EXT2, EXT4, NEXT_BUFFER, READONLY_BUFFER. */
const instances = [0x81, 0x92, 0x69, 0x6f, 0x50, 0x51, 0x82, 0x83, 0x84, 0x97, 0x98]

const list = (items: PickleValue[]): PickleList => ({ kind: 'list', items })
const binary = (bytes: Uint8Array): PickleBytes => ({ kind: 'bytes', bytes })

/** The instructions by their code (Python's `pickletools`). */
const steps: Readonly<Record<number, Step>> = {
  // The protocol's number, and frames, which say only how far to read ahead.
  0x80: (_, source) => void source.u8(),
  0x95: (_, source) => void source.u64(),
  // The stack: MARK, POP, POP_MARK, DUP.
  0x28: (machine) => machine.push(mark),
  0x30: (machine) => machine.drop(),
  0x31: (machine) => void machine.popToMark(),
  0x32: (machine) => machine.push(machine.top()),
  // The memo: PUT, BINPUT, LONG_BINPUT, MEMOIZE, GET, BINGET, LONG_BINGET.
  0x70: (machine, source) => machine.keep(source.decimal()),
  0x71: (machine, source) => machine.keep(source.u8()),
  0x72: (machine, source) => machine.keep(source.u32()),
  0x94: (machine) => machine.keep(),
  0x67: (machine, source) => machine.recall(source.decimal()),
  0x68: (machine, source) => machine.recall(source.u8()),
  0x6a: (machine, source) => machine.recall(source.u32()),
  // Numbers: NONE, NEWTRUE, NEWFALSE, INT, BININT, BININT1, BININT2, LONG, LONG1, LONG4, FLOAT, BINFLOAT.
  0x4e: (machine) => machine.push(null),
  0x88: (machine) => machine.push(true),
  0x89: (machine) => machine.push(false),
  0x49: (machine, source) => machine.push(source.oldInteger()),
  0x4a: (machine, source) => machine.push(source.i32()),
  0x4b: (machine, source) => machine.push(source.u8()),
  0x4d: (machine, source) => machine.push(source.u16()),
  0x4c: (machine, source) => machine.push(source.decimal()),
  0x8a: (machine, source) => machine.push(source.long(source.u8())),
  0x8b: (machine, source) => machine.push(source.long(source.u32())),
  0x46: (machine, source) => machine.push(source.decimal()),
  0x47: (machine, source) => machine.push(source.f64()),
  // Texts: STRING, BINSTRING, SHORT_BINSTRING (bytes of Python 2), UNICODE, BINUNICODE, SHORT_BINUNICODE, BINUNICODE8.
  0x53: (machine, source) => machine.push(source.quoted()),
  0x54: (machine, source) => machine.push(binary(source.bytes(source.u32()))),
  0x55: (machine, source) => machine.push(binary(source.bytes(source.u8()))),
  0x56: (machine, source) => machine.push(source.escapedLine()),
  0x58: (machine, source) => machine.push(source.utf8(source.u32())),
  0x8c: (machine, source) => machine.push(source.utf8(source.u8())),
  0x8d: (machine, source) => machine.push(source.utf8(source.u64())),
  // Bytes: BINBYTES, SHORT_BINBYTES, BINBYTES8, BYTEARRAY8.
  0x42: (machine, source) => machine.push(binary(source.bytes(source.u32()))),
  0x43: (machine, source) => machine.push(binary(source.bytes(source.u8()))),
  0x8e: (machine, source) => machine.push(binary(source.bytes(source.u64()))),
  0x96: (machine, source) => machine.push(binary(source.bytes(source.u64()))),
  // Lists: EMPTY_LIST, LIST, APPEND, APPENDS.
  0x5d: (machine) => machine.push(list([])),
  0x6c: (machine) => machine.push(list(machine.popToMark())),
  0x61: (machine) => machine.append([machine.pop()]),
  0x65: (machine) => machine.append(machine.popToMark()),
  // Tuples: EMPTY_TUPLE, TUPLE, TUPLE1, TUPLE2, TUPLE3.
  0x29: (machine) => machine.push(machine.take(0)),
  0x74: (machine) => machine.push({ kind: 'tuple', items: machine.popToMark() }),
  0x85: (machine) => machine.push(machine.take(1)),
  0x86: (machine) => machine.push(machine.take(2)),
  0x87: (machine) => machine.push(machine.take(3)),
  // Dictionaries: EMPTY_DICT, DICT, SETITEM, SETITEMS.
  0x7d: (machine) => machine.push({ kind: 'dictionary', entries: new Map() }),
  0x64: (machine) => {
    const items = machine.popToMark()
    machine.push({ kind: 'dictionary', entries: new Map() })
    machine.set(items)
  },
  0x73: (machine) => machine.set(machine.take(2).items),
  0x75: (machine) => machine.set(machine.popToMark()),
  // Calls: GLOBAL, STACK_GLOBAL, REDUCE, BUILD.
  0x63: (machine, source) => machine.push(lookUp(source.line(), source.line())),
  0x93: (machine) => machine.named(),
  0x52: (machine) => machine.reduce(),
  0x62: (machine) => machine.build(),
}

function keyOf(value: PickleValue | undefined): string {
  const text = typeof value === 'number' ? String(value) : textOf(value)
  if (text === undefined) throw damagedPickle()
  return text
}
