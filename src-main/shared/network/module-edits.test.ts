import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addAt, addBehind, addOnWire, joinWire, moveAlong } from './arrange'
import { NetworkDocument } from './document'
import { canConnect, connect, moveNodes, possibleEnds, removeNodes } from './edit'
import { copyText, paste } from './fragment'
import { addModule } from './module-place'
import { isSound, moduleTree } from './module-tree'
import {
  closeModule,
  copyModule,
  dissolveModule,
  layersOf,
  makeModule,
  modulePiece,
  openModule,
  renameModule,
  untieModule,
} from './modules'
import { cardIdOf, surfaceOf } from './surface'
import { tiesOf } from './tied'
import { topologicalOrder } from './walk'
import { residual } from '../testing/module-networks'

describe('any row of edits with modules', () => {
  const kinds = ['conv2d', 'dense', 'add', 'flatten', 'concatenate', 'dropout', 'input']
  type Pick = (count: number) => number
  const cardAt = (network: NetworkDocument, n: Pick) =>
    surfaceOf(network).nodes[n(surfaceOf(network).nodes.length)]?.id ?? 'nobody'
  const nodeAt = (network: NetworkDocument, n: Pick) => network.nodes[n(network.nodes.length)]?.id ?? 'nobody'
  const wireAt = (network: NetworkDocument, n: Pick) => network.wires[n(network.wires.length)]?.id ?? 'nothing'
  const moduleAt = (network: NetworkDocument, n: Pick) => network.modules?.[n(network.modules.length)]?.id ?? 'none'
  const some = (network: NetworkDocument, n: Pick) =>
    surfaceOf(network)
      .nodes.filter(() => n(3) === 1)
      .map(({ id }) => id)
  const small = (network: NetworkDocument, edit: () => NetworkDocument) =>
    network.nodes.length > 40 ? network : edit()

  const steps: Record<string, (network: NetworkDocument, n: Pick) => NetworkDocument> = {
    'add behind': (network, n) => addBehind(network, kinds[n(kinds.length)]!, cardAt(network, n)).network,
    'add behind a hidden one': (network, n) => addBehind(network, kinds[n(kinds.length)]!, nodeAt(network, n)).network,
    insert: (network, n) => addOnWire(network, kinds[n(kinds.length)]!, wireAt(network, n)).network,
    'add and join': (network, n) => {
      const { network: next, id } = addAt(network, 'dropout', { x: n(900), y: n(900) })
      return joinWire(next, wireAt(network, n), id)
    },
    connect: (network, n) => connect(network, nodeAt(network, n), nodeAt(network, n), n(2)),
    remove: (network, n) => removeNodes(network, layersOf(network, [cardAt(network, n)])),
    order: (network, n) => moveAlong(network, nodeAt(network, n), n(2) === 0 ? -1 : 1),
    make: (network, n) => makeModule(network, some(network, n)).network,
    open: (network, n) => openModule(network, moduleAt(network, n)),
    close: (network, n) => closeModule(network, moduleAt(network, n)),
    dissolve: (network, n) => dissolveModule(network, moduleAt(network, n)),
    rename: (network, n) => renameModule(network, moduleAt(network, n), `m${n(3)}`),
    copy: (network, n) => small(network, () => copyModule(network, moduleAt(network, n), { tied: n(2) === 1 }).network),
    untie: (network, n) => untieModule(network, moduleAt(network, n)),
    duplicate: (network, n) =>
      small(
        network,
        () => paste(network, copyText(network, layersOf(network, some(network, n))) ?? '')?.network ?? network,
      ),
    'put in': (network, n) =>
      small(network, () => {
        const piece = modulePiece(network, moduleAt(network, n))
        return (piece && addModule(network, piece, { kind: 'wire', wire: wireAt(network, n) })?.network) ?? network
      }),
    move: (network, n) => moveNodes(network, new Map([[cardAt(network, n), { x: n(900), y: n(900) }]])),
  }

  it('leaves modules sound: layers in them, no circle at any level, ties whole, and undo exact', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...Object.keys(steps)), fc.array(fc.nat(), { minLength: 1 })), {
          minLength: 1,
          maxLength: 40,
        }),
        (row) => {
          let network: NetworkDocument = residual
          const states = [network]
          const history = [JSON.stringify(network)]
          for (const [name, numbers] of row) {
            let next = 0
            network = steps[name]!(network, (count) => (count > 0 ? numbers[next++ % numbers.length]! % count : 0))
            states.push(network)
            history.push(JSON.stringify(network))
            expect(NetworkDocument.safeParse(network).error?.issues).toBeUndefined()
            expect(isSound(network)).toBe(true)
            expect(topologicalOrder(network).cyclic).toEqual([])
            const surface = surfaceOf(network)
            expect(topologicalOrder(surface).cyclic).toEqual([])
            const cards = new Set(surface.nodes.map(({ id }) => id))
            expect(cards.size).toBe(surface.nodes.length)
            for (const { from, to } of surface.wires)
              expect([cards.has(from), cards.has(to), from === to]).toEqual([true, true, false])
            for (const { id } of network.nodes) expect(cards.has(cardIdOf(network, id))).toBe(true)
            const { modules, members } = moduleTree(network)
            for (const id of modules.keys()) expect(members.get(id)!.length).toBeGreaterThan(0)
            for (const { module } of network.nodes) expect(module === undefined || modules.has(module)).toBe(true)
            for (const { parent } of modules.values()) expect(parent === undefined || modules.has(parent)).toBe(true)
            expect(tiesOf(network).faults.size).toBe(0)
          }
          const ids = network.nodes.map(({ id }) => id)
          for (const id of ids.slice(0, 4)) {
            expect([...possibleEnds(network, id, 'source')]).toEqual(
              ids.filter((other) => canConnect(network, id, other)),
            )
            expect([...possibleEnds(network, id, 'target')]).toEqual(
              ids.filter((other) => canConnect(network, other, id)),
            )
          }
          expect(states.map((state) => JSON.stringify(state))).toEqual(history)
        },
      ),
      { numRuns: 200 },
    )
  })
})
