import { mount } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { beforeEach, describe, expect, it } from 'vitest'
import { h } from 'vue'
import { addAt } from '@shared/network/arrange'
import { connect } from '@shared/network/edit'
import { layerKinds } from '@shared/layers/registry'
import { textAt } from '@shared/messages/english'
import { english, russian } from '@shared/messages/files'
import { makeModule, openModule } from '@shared/network/modules'
import { recipes } from '@shared/network/recipes'
import { templateNetwork } from '@shared/network/templates'
import { walk } from '@shared/network/walk'
import { i18n } from '@/i18n'
import { moduleViews } from '../module-view'
import { layerViews } from '../network-view'
import { draggedKind, endDrag } from './dragged-kind'
import { findKinds } from './find-kinds'
import LayerPalette from './LayerPalette.vue'
import { outlineRows, possibleTargets } from './outline'

const inEnglish = (key: string) => textAt(english, key) ?? key
const inRussian = (key: string) => textAt(russian, key) ?? key
const found = (search: string, translate = inEnglish) =>
  findKinds(search, translate).flatMap(({ entries }) => entries.map(({ kind }) => kind))

describe('finding a kind', () => {
  it('shows all where nothing is asked', () =>
    expect(found(' ').sort()).toEqual([...layerKinds.keys(), ...recipes.map(({ name }) => `recipe ${name}`)].sort()))

  it.each([
    ['conv', inEnglish, 'conv2d'],
    ['CONV2D', inRussian, 'conv2d'],
    ['largest window', inEnglish, 'max-pooling-2d'],
    ['свёртка', inRussian, 'conv2d'],
    ['регуляризация', inRussian, 'dropout'],
  ])('%s', (search, translate, kind) => expect(found(search, translate)[0]).toBe(kind))

  it('needs every word', () => expect(found('largest xyz')).toEqual([]))
})

describe('the palette', () => {
  beforeEach(() => (i18n.global.locale.value = 'en'))

  function show() {
    const added: string[] = []
    const shown = mount(() => h(TooltipProvider, () => h(LayerPalette, { onAdd: (kind) => added.push(kind) })), {
      global: { plugins: [i18n] },
      attachTo: document.body,
    })
    const entry = (kind: string) => shown.get(`[data-kind="${kind}"]`)
    return { added, shown, entry }
  }

  it('adds by double click and by Enter', async () => {
    const { added, entry, shown } = show()
    await entry('dense').trigger('dblclick')
    await entry('flatten').trigger('focus')
    await shown.get('[role="listbox"]').trigger('keydown', { key: 'Enter' })
    expect(added).toEqual(['dense', 'flatten'])
    shown.unmount()
  })

  it('is one stop for the Tab key, walked by arrows', async () => {
    const { shown } = show()
    const stops = () => shown.findAll('[role="option"][tabindex="0"]').map((one) => one.attributes('data-kind'))
    const [first] = stops()
    expect(stops()).toHaveLength(1)
    await shown.get('[role="listbox"]').trigger('keydown', { key: 'ArrowDown' })
    expect(stops()).toHaveLength(1)
    expect(stops()[0]).not.toBe(first)
    await shown.get('[role="listbox"]').trigger('keydown', { key: 'Home' })
    expect(stops()).toEqual([first])
    shown.unmount()
  })

  it('narrows by search, adds the first find on Enter, and says when there is none', async () => {
    const { added, shown } = show()
    const search = shown.get('input')
    await search.setValue('dropout')
    // The other one drops whole channels.
    expect(shown.findAll('[role="option"]')).toHaveLength(2)
    await search.trigger('keydown', { key: 'Enter' })
    expect(added).toEqual(['dropout'])
    await search.setValue('nothing of the kind')
    expect(shown.text()).toContain('No layer matches “nothing of the kind”.')
    shown.unmount()
  })

  it('has the modules on top, and a menu for those that are kept', async () => {
    const told: string[] = []
    const modules = [
      { kind: 'project A', icon: 'component', title: 'A', help: 'A module of this project: Dense.' },
      { kind: 'kept Eye', icon: 'archive', title: 'Eye', help: 'Kept for all projects: Dense.' },
    ]
    const tell = (what: string) => (name: string) => void told.push(`${what} ${name}`)
    const on = { onAdd: tell('add'), onForget: tell('forget'), onRename: tell('rename') }
    const shown = mount(() => h(TooltipProvider, () => h(LayerPalette, { modules, ...on })), {
      global: { plugins: [i18n] },
      attachTo: document.body,
    })
    expect(
      shown
        .findAll('[role="option"]')
        .slice(0, 2)
        .map((one) => one.text()),
    ).toEqual(['A', 'Eye'])
    const list = shown.get('[role="listbox"]')
    for (const [entry, key] of [
      ['project A', 'Delete'],
      ['project A', 'Enter'],
      ['kept Eye', 'F2'],
      ['kept Eye', 'Delete'],
    ] as const) {
      await shown.get(`[data-kind="${entry}"]`).trigger('focus')
      await list.trigger('keydown', { key })
    }
    expect(told).toEqual(['add project A', 'rename Eye', 'forget Eye'])
    shown.unmount()
  })

  it('tells the canvas what is being dragged', async () => {
    const { entry, shown } = show()
    await entry('dense').trigger('dragstart')
    expect(draggedKind.value).toBe('dense')
    await entry('dense').trigger('dragend')
    expect(draggedKind.value).toBeNull()
    shown.unmount()
    endDrag()
  })
})

describe('the outline', () => {
  const network = templateNetwork('dense-only')!
  const views = (of = network) => layerViews(of, walk(of), [], inEnglish)

  it('lists a plain chain without a word on sources', () => {
    const rows = outlineRows(network, views(), new Map())
    expect(rows.map(({ layer }) => layer.name)).toEqual(['Input', 'Flatten', 'Dense (1)', 'Dense (2)'])
    expect(rows.every(({ from, unfed, level }) => from.length === 0 && !unfed && level === 1)).toBe(true)
  })

  it('says where a branch comes from, and what hangs in the air', () => {
    const more = addAt(addAt(network, 'dropout', { x: 300, y: 0 }).network, 'flatten', { x: 600, y: 0 }).network
    const forked = connect(more, 'dense-1', 'dropout-1')
    const rows = new Map(outlineRows(forked, views(forked), new Map()).map((row) => [row.layer.id, row]))
    expect(rows.get('dropout-1')).toMatchObject({ from: ['Dense (1)'], unfed: false })
    expect(rows.get('flatten-2')).toMatchObject({ from: [], unfed: true })
    expect(rows.get('input-1')?.unfed).toBe(false)
  })

  it.each([
    ['closed', false, ['1 Input', '1 A false', '1 Dense (2)']],
    ['open', true, ['1 Input', '1 A true', '2 Flatten', '2 Dense (1)', '1 Dense (2)']],
  ])('shows a module that is %s as a branch', (_state, open, lines) => {
    const made = makeModule(network, ['flatten-1', 'dense-1'])
    const shown = open ? openModule(made.network, made.id!) : made.network
    const facts = walk(shown)
    const modules = moduleViews(shown, facts, views(shown), inEnglish)
    const rows = outlineRows(shown, views(shown), modules)
    expect(rows.map(({ level, layer, open: state }) => [level, layer.name, state].join(' ').trim())).toEqual(lines)
    expect(rows.flatMap(({ from }) => from)).toEqual([])
  })

  it('offers wires that may be drawn and are not drawn yet', () => {
    const offered = (id: string) => possibleTargets(network, views(), id).map((layer) => layer.id)
    expect(offered('input-1')).toEqual(['dense-1', 'dense-2'])
    expect(offered('dense-2')).toEqual([])
  })
})
