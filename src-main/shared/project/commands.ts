/**
 * Everything that a person can ask the program to do by menu, key or command palette, by its id. A command's title
 * stands in the message files at `menu.commands.<id>` (the dots make the nesting), its key in `accelerators`.
 */
export const commandIds = [
  'project.new',
  'project.open',
  'network.gallery',
  'samples.collect',
  'project.saveAs',
  'project.export',
  'edit.undo',
  'edit.redo',
  'edit.delete',
  'edit.duplicate',
  'edit.selectAll',
  'edit.makeModule',
  'edit.toggleModule',
  'edit.dissolveModule',
  'workspace.data',
  'workspace.design',
  'workspace.train',
  'workspace.look',
  'workspace.export',
  'palette.open',
  'run.start',
  'run.pause',
  'run.stop',
  'settings.open',
  'help.about',
  'help.log',
] as const

export type CommandId = (typeof commandIds)[number]

/**
 * The keys of the commands, in Electron's notation (`CmdOrCtrl+Shift+S`); a command without one is not named. The
 * window hears a key first: it runs the command and calls `preventDefault`, and then the menu does not hear it. Keys
 * that the window leaves alone (undo within a text field, say) do what they always do. A click in the menu arrives as
 * the event `menuCommand`.
 */
export const accelerators: Readonly<Partial<Record<CommandId, string>>> = {
  'project.new': 'CmdOrCtrl+N',
  'project.open': 'CmdOrCtrl+O',
  'project.saveAs': 'CmdOrCtrl+Shift+S',
  'project.export': 'CmdOrCtrl+E',
  'edit.undo': 'CmdOrCtrl+Z',
  'edit.redo': 'CmdOrCtrl+Shift+Z',
  'edit.delete': 'Delete',
  'edit.duplicate': 'CmdOrCtrl+D',
  'edit.selectAll': 'CmdOrCtrl+A',
  'edit.makeModule': 'CmdOrCtrl+G',
  'edit.toggleModule': 'CmdOrCtrl+Enter',
  'edit.dissolveModule': 'CmdOrCtrl+Shift+G',
  'workspace.data': 'CmdOrCtrl+1',
  'workspace.design': 'CmdOrCtrl+2',
  'workspace.train': 'CmdOrCtrl+3',
  'workspace.look': 'CmdOrCtrl+4',
  'workspace.export': 'CmdOrCtrl+5',
  'palette.open': 'CmdOrCtrl+K',
  'run.start': 'CmdOrCtrl+R',
  'run.pause': 'CmdOrCtrl+P',
  'run.stop': 'CmdOrCtrl+.',
  'settings.open': 'CmdOrCtrl+,',
}
