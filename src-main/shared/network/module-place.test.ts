import { describe, expect, it } from 'vitest'
import { addBehind } from './arrange'
import { chain } from './chain'
import { moduleFacts } from './module-facts'
import { addModule, joinModule } from './module-place'
import { isSound } from './module-tree'
import { makeModule, modulePiece } from './modules'
import { recipe, recipeLayers, recipePiece } from './recipes'
import { surfaceOf } from './surface'
import { walk } from './walk'
import { a, overlaps, plain, residual, wiresText, withA } from '../testing/module-networks'

describe('a module out of the palette', () => {
  const piece = modulePiece(withA, a)!
  const target = chain(['input'], ['flatten'], ['dense', { units: 10 }])

  it('goes into a wire: all that is open is fed, and its last output leads on', () => {
    const { network, id } = addModule(target, piece, { kind: 'wire', wire: 'wire-1' })!
    expect(wiresText(surfaceOf(network))).toEqual(['flatten-1 dense-1 0', `input-1 ${id} 0`, `${id} flatten-1 0`])
    expect(overlaps(network)).toEqual([])
    const block = makeModule(residual, ['conv2d-1', 'conv2d-2', 'add-1'])
    const put = addModule(target, modulePiece(block.network, block.id!)!, { kind: 'wire', wire: 'wire-1' })!
    expect(surfaceOf(put.network).wires.filter(({ to }) => to === put.id)).toHaveLength(2)
  })

  it.each([
    ['behind the end', { kind: 'behind', node: null }, ['dense-1 module-1 0']],
    ['behind a layer', { kind: 'behind', node: 'flatten-1' }, ['flatten-1 module-1 0', 'module-1 dense-1 0']],
    ['free', { kind: 'place', position: { x: 400, y: 0 } }, []],
    ['at a wire that is not there: behind the end', { kind: 'wire', wire: 'x' }, ['dense-1 module-1 0']],
  ] as const)('goes %s', (_where, where, wires) => {
    const { network, id } = addModule(target, piece, where)!
    expect(wiresText(surfaceOf(network)).filter((wire) => wire.includes(id))).toEqual(wires)
    expect(overlaps(network)).toEqual([])
    expect(isSound(network)).toBe(true)
  })

  it('joins a wire when it stands alone', () => {
    const { network, id } = addModule(target, piece, { kind: 'place', position: { x: 400, y: 0 } })!
    const joined = joinModule(network, 'wire-1', id)
    expect(wiresText(surfaceOf(joined)).filter((wire) => wire.includes(id))).toEqual([
      `input-1 ${id} 0`,
      `${id} flatten-1 0`,
    ])
    expect(joinModule(joined, 'wire-2', id)).toBe(joined)
  })

  it('is none where the piece is not one module', () => {
    expect(
      addModule(target, { nodes: plain.nodes, wires: plain.wires }, { kind: 'behind', node: null }),
    ).toBeUndefined()
    expect(modulePiece(plain, 'x')).toBeUndefined()
  })
})

describe('the recipe of mlpconv', () => {
  const mlpconv = recipe('mlpconv')!
  it.each([
    [1, [100, 2], [[98, 32], 2 * 3 * 32 + 32 + 2 * (32 * 32 + 32)]],
    [2, [28, 28, 1], [[26, 26, 32], 9 * 32 + 32 + 2 * (32 * 32 + 32)]],
    [3, [8, 8, 8, 1], [[6, 6, 6, 32], 27 * 32 + 32 + 2 * (32 * 32 + 32)]],
  ] as const)('along %i axes', (axes, shape, [out, parameters]) => {
    const inputs = { 1: 'sequence-input', 2: 'input', 3: 'volume-input' }
    const network = chain([inputs[axes], { shape: [...shape] }])
    const added = addModule(network, recipePiece(mlpconv, axes, 'mlpconv'), { kind: 'behind', node: null })!
    expect(added.network.modules).toMatchObject([{ name: 'mlpconv', recipe: 'mlpconv' }])
    const facts = moduleFacts(added.network, walk(added.network), added.id)
    expect([facts.outputs[0], facts.sums.trainable]).toEqual([out, parameters])
    const layers = recipeLayers(added.network, added.id)!
    expect(layers.map(({ settings }) => settings)).toEqual([
      ['filters', 'kernel', 'strides', 'padding', 'activation'],
      ['filters', 'activation'],
      ['filters', 'activation'],
    ])
    const grown = addBehind(added.network, 'dropout', layers[0]!.node.id).network
    expect(recipeLayers(grown, added.id)).toBeUndefined()
  })
})
