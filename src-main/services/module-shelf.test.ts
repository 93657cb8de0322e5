import { describe, expect, it } from 'vitest'
import { chain } from '@shared/network/chain'
import { makeModule, modulePiece } from '@shared/network/modules'
import { emptyModuleShelf, ModuleShelf, ModuleShelfFile } from '@shared/project/module-shelf'
import { fakeLog } from '../testing/fake-engine'
import { createKeptModules, mostKept } from './module-shelf'
import { memoryShelf, stored } from './stored'

const made = makeModule(chain(['input'], ['conv2d'], ['max-pooling-2d']), ['conv2d-1', 'max-pooling-2d-1'])
const piece = modulePiece(made.network, made.id!)!

function open(content?: unknown) {
  const log = fakeLog()
  const shelf = memoryShelf(content)
  const kept = createKeptModules(stored(shelf, ModuleShelfFile, emptyModuleShelf, 'modules.json', log))
  return { kept, log, shelf, names: () => kept.read().modules.map(({ name }) => name) }
}

describe('the modules that are kept for all projects', () => {
  it('stay in the order in which they were put there, and at the next start', () => {
    const { kept, names, shelf } = open()
    for (const name of ['A', 'B', 'A']) kept.keep(name, piece)
    expect(names()).toEqual(['A', 'B'])
    expect(ModuleShelf.parse(shelf.get())).toEqual(kept.read())
    expect(open(shelf.get()).names()).toEqual(['A', 'B'])
  })

  it('are renamed and forgotten; what is not there stays so', () => {
    const { kept, names } = open()
    kept.keep('A', piece)
    kept.keep('B', piece)
    expect(kept.rename('A', 'Eye').modules.map(({ name }) => name)).toEqual(['Eye', 'B'])
    kept.rename('nobody', 'C')
    kept.forget('nobody')
    expect(names()).toEqual(['Eye', 'B'])
    expect(() => kept.rename('Eye', 'B')).toThrow('Another kept module is called “B”.')
    kept.forget('Eye')
    expect(names()).toEqual(['B'])
  })

  it('are so many at most', () => {
    const { kept, names } = open({
      version: 1,
      modules: Array.from({ length: mostKept }, (_, n) => ({ name: `m${n}`, piece })),
    })
    expect(() => kept.keep('one more', piece)).toThrow(`${mostKept} modules are kept already`)
    kept.keep('m0', piece)
    expect(names()).toHaveLength(mostKept)
  })

  it.each<[string, unknown, string[], number]>([
    ['nothing', undefined, [], 0],
    ['an empty file', {}, [], 0],
    ['a list', [], [], 0],
    ['another version', { version: 2, modules: [] }, [], 1],
    ['no list', { version: 1, modules: 'all' }, [], 1],
    [
      'a damaged module among others',
      { version: 1, modules: [{ name: 'A', piece }, { name: 'B' }, 7, { name: '', piece }, { name: 'C', piece }] },
      ['A', 'C'],
      0,
    ],
    [
      'a name twice',
      {
        version: 1,
        modules: [
          { name: 'A', piece },
          { name: 'A', piece },
        ],
      },
      ['A'],
      0,
    ],
    ['a piece without layers', { version: 1, modules: [{ name: 'A', piece: { nodes: [], wires: [] } }] }, [], 0],
  ])('from a file with %s', (_what, content, expected, warnings) => {
    const { names, log } = open(content)
    expect(names()).toEqual(expected)
    expect(log.lines).toHaveLength(warnings)
  })
})
