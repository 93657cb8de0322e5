// @ts-check
import { describe, expect, it } from 'vitest'
import { layerKinds } from '../../src-main/shared/layers/registry'
import { check } from '../../src-main/shared/network/check'
import { kindsWithoutLowering } from '../../src-main/shared/network/compiled'
import { totals, walk } from '../../src-main/shared/network/walk'
import { readProject } from '../../src-main/shared/project/migrate'
import { netOfDepth, nets } from './nets.mjs'
import { projectOf } from './project.mjs'

describe.each([...nets, netOfDepth(4, 8)])('the network $name', (net) => {
  const { network } = readProject(projectOf(net), 'project.json')

  it('is one that Patchwork trains, compiled', () => {
    expect(check(network, walk(network))).toEqual([])
    expect(kindsWithoutLowering(network)).toEqual([])
  })

  it('spells out every value of its layers, and no other', () => {
    for (const [kind, values] of net.layers) {
      expect([kind, Object.keys(values).sort()]).toEqual([kind, Object.keys(layerKinds.get(kind)?.params ?? {}).sort()])
    }
  })
})

it.each([
  ['resnet', 272_474],
  ['nin', 966_986],
])('%s has the parameters by which it is known', (name, parameters) => {
  const net = nets.find((one) => one.name === name)
  expect(net && totals(walk(projectOf(net).network)).trainable).toBe(parameters)
})
