import { describe, expect, it } from 'vitest'
import { addNode, connect, newNode, removeNodes } from '@shared/network/edit'
import { check } from '@shared/network/check'
import { fill, textAt } from '@shared/messages/english'
import { english } from '@shared/messages/files'
import { plainLenet } from '@shared/testing/plain-lenet'
import { walk } from '@shared/network/walk'
import { layerViews, shownProblems } from './network-view'

const network = plainLenet()
const translate = (key: string, params = {}) => fill(textAt(english, key) ?? key, params)

describe('what is shown of a layer', () => {
  it('is its entry in the registry, at its place in the network', () => {
    expect(layerViews(network, walk(network), [], translate).get('conv2d-2')).toEqual({
      id: 'conv2d-2',
      type: 'layer',
      icon: 'grid-3x3',
      category: 'convolution',
      title: 'Convolution 2-D',
      ordinal: 2,
      kindTitle: 'Convolution 2-D',
      name: 'Convolution 2-D (2)',
      summary: '5×5 · 50',
      shape: [8, 8, 50],
      parameters: 25_050,
      tiedTo: null,
      ports: 1,
      problems: [],
      output: null,
    })
  })

  it('is drawn as a source where no wire can come in', () => {
    expect(layerViews(network, walk(network), [], translate).get('input-1')).toMatchObject({ type: 'source', ports: 0 })
  })

  it('is still drawn where its kind is not known, with all the wires it has', () => {
    const strange = addNode(network, newNode(network, 'hologram', { x: 0, y: 0 }))
    const wired = connect(connect(strange, 'dense-1', 'hologram-1'), 'dense-2', 'hologram-1')
    const view = layerViews(wired, walk(wired), [], translate).get('hologram-1')
    expect(view).toMatchObject({ title: 'hologram', type: 'merge', category: null, shape: null, ports: 2 })
  })

  it('carries its own problems, with the words and the mend', () => {
    const broken = removeNodes(network, ['flatten-1'])
    const problems = shownProblems(broken, check(broken, walk(broken)), translate)
    const views = layerViews(broken, walk(broken), problems, translate)
    expect(views.get('dense-1')?.problems.map(({ fix }) => fix?.label)).toEqual(['Put “Flatten” in front'])
    expect(views.get('dense-2')?.problems).toEqual([])
    const mended = problems[0]!.fix!.apply(broken)
    expect(check(mended, walk(mended))).toEqual([])
  })
})
