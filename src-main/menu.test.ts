import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { accelerators, commandIds } from '@shared/project/commands'
import { textAt } from '@shared/messages/english'
import { english, russian } from '@shared/messages/files'
import { menuTemplate, type MenuFacts } from './menu'
import { translator } from './services/texts'

const actions = { command: vi.fn(), openRecent: vi.fn(), showLog: vi.fn() }

function items(facts: Partial<MenuFacts> = {}): MenuItemConstructorOptions[] {
  const template = menuTemplate(
    { text: translator('en'), platform: 'linux', development: false, recent: [], ...facts },
    actions,
  )
  return flat(template)
}

function flat(list: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return list.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])])
}

function click(item: MenuItemConstructorOptions | undefined): void {
  const run = item?.click as (() => void) | undefined
  run?.()
}

describe('the menu', () => {
  it.each(['linux', 'win32', 'darwin'] as const)('holds every command once on %s, with its key', (platform) => {
    const shown = items({ platform }).filter(({ id }) => id !== undefined)
    expect(shown.map(({ id }) => id).sort()).toEqual([...commandIds].sort())
    expect(
      Object.fromEntries(shown.flatMap(({ id, accelerator }) => (accelerator ? [[id, accelerator]] : []))),
    ).toEqual(accelerators)
  })

  it('sends a command to the window when it is clicked', () => {
    const sent = commandIds.filter((id) => id !== 'help.log')
    for (const id of sent) click(items().find((item) => item.id === id))
    expect(actions.command.mock.calls.map(([id]) => id)).toEqual(sent)
    click(items().find(({ id }) => id === 'help.log'))
    expect(actions.showLog).toHaveBeenCalledOnce()
  })

  it('leaves the keys that edit to whatever has the focus', () => {
    const registered = items().filter((item) => item.registerAccelerator === false)
    expect(registered.map(({ id }) => id).sort()).toEqual(commandIds.filter((id) => id.startsWith('edit.')).sort())
  })

  it.each([
    ['English', english, 'en'],
    ['Russian', russian, 'ru'],
  ] as const)('has a text for everything in %s', (_name, tree, language) => {
    for (const platform of ['linux', 'darwin'] as const) {
      const labels = items({ platform, development: true, text: translator(language) })
        .filter(({ type }) => type !== 'separator')
        .map(({ label }) => label)
      expect(labels.filter((label) => !label || label.startsWith('menu.'))).toEqual([])
    }
    expect(commandIds.filter((id) => textAt(tree, `menu.commands.${id}`) === undefined)).toEqual([])
  })

  it('opens recent projects, and says so where there are none', () => {
    expect(items().find(({ label }) => label === 'No recent projects')?.enabled).toBe(false)
    const recent = [{ path: '/p/Digits', name: 'Digits' }]
    click(items({ recent }).find(({ label }) => label === 'Digits'))
    expect(actions.openRecent).toHaveBeenCalledWith('/p/Digits')
  })

  it('offers the developer tools only in development', () => {
    const roles = (development: boolean) => items({ development }).map(({ role }) => role)
    expect([roles(true).includes('toggleDevTools'), roles(false).includes('toggleDevTools')]).toEqual([true, false])
  })
})

describe('the keys of commands', () => {
  it('are each used once', () => {
    const keys = Object.values(accelerators)
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
  })
})
