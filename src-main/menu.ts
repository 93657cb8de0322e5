import type { MenuItemConstructorOptions } from 'electron'
import { accelerators, type CommandId } from '@shared/project/commands'
import type { Translate } from './services/texts'

export interface MenuFacts {
  readonly text: Translate
  readonly platform: NodeJS.Platform
  readonly development: boolean
  readonly recent: readonly { readonly path: string; readonly name: string }[]
}

export interface MenuActions {
  /** Sends a command to the window. */
  readonly command: (id: CommandId) => void
  readonly openRecent: (path: string) => void
  readonly showLog: () => void
}

const separator: MenuItemConstructorOptions = { type: 'separator' }

/** The application menu. What a window can do by itself is a command of the common table; the rest are roles. */
export function menuTemplate(facts: MenuFacts, actions: MenuActions): MenuItemConstructorOptions[] {
  const { text, platform, development } = facts
  const mac = platform === 'darwin'

  function command(id: CommandId, run: () => void = () => actions.command(id)): MenuItemConstructorOptions {
    const accelerator = accelerators[id]
    // Keys that edit belong to the text field or the canvas that has the focus: the menu only names them.
    const registerAccelerator = !id.startsWith('edit.')
    return {
      id,
      label: text(`menu.commands.${id}`),
      click: run,
      ...(accelerator === undefined ? {} : { accelerator, registerAccelerator }),
    }
  }

  function role(name: NonNullable<MenuItemConstructorOptions['role']>, key: string): MenuItemConstructorOptions {
    return { role: name, label: text(`menu.${key}`) }
  }

  const file: MenuItemConstructorOptions[] = [
    command('project.new'),
    command('project.open'),
    { label: text('menu.openRecent'), submenu: recentItems(facts, actions) },
    command('network.gallery'),
    command('samples.collect'),
    separator,
    command('project.saveAs'),
    command('project.export'),
    ...(mac ? [] : [separator, command('settings.open')]),
    separator,
    mac ? role('close', 'close') : role('quit', 'quit'),
  ]
  const edit = [
    command('edit.undo'),
    command('edit.redo'),
    separator,
    role('cut', 'cut'),
    role('copy', 'copy'),
    role('paste', 'paste'),
    command('edit.duplicate'),
    command('edit.delete'),
    separator,
    command('edit.selectAll'),
    separator,
    command('edit.makeModule'),
    command('edit.toggleModule'),
    command('edit.dissolveModule'),
  ]
  const view = [
    command('workspace.data'),
    command('workspace.design'),
    command('workspace.train'),
    command('workspace.look'),
    command('workspace.export'),
    separator,
    command('palette.open'),
    separator,
    role('zoomIn', 'zoomIn'),
    role('zoomOut', 'zoomOut'),
    role('resetZoom', 'zoomReset'),
    separator,
    role('togglefullscreen', 'fullScreen'),
    ...(development ? [role('toggleDevTools', 'developerTools')] : []),
  ]
  const run = [command('run.start'), command('run.pause'), command('run.stop')]
  const help = [...(mac ? [] : [command('help.about')]), command('help.log', actions.showLog)]
  const program: MenuItemConstructorOptions[] = [
    command('help.about'),
    separator,
    command('settings.open'),
    separator,
    role('services', 'services'),
    separator,
    role('hide', 'hide'),
    role('hideOthers', 'hideOthers'),
    role('unhide', 'showAll'),
    separator,
    role('quit', 'quit'),
  ]
  return [
    ...(mac ? [{ label: 'Patchwork', submenu: program }] : []),
    { label: text('menu.file'), submenu: file },
    { label: text('menu.edit'), submenu: edit },
    { label: text('menu.view'), submenu: view },
    { label: text('menu.run'), submenu: run },
    ...(mac ? [{ role: 'windowMenu' as const, label: text('menu.window') }] : []),
    { role: 'help' as const, label: text('menu.help'), submenu: help },
  ]
}

function recentItems({ recent, text }: MenuFacts, actions: MenuActions): MenuItemConstructorOptions[] {
  if (recent.length === 0) return [{ label: text('menu.noRecent'), enabled: false }]
  return recent.map(({ path, name }) => ({ label: name, sublabel: path, click: () => actions.openRecent(path) }))
}
