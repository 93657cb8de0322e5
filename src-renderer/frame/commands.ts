import { accelerators, commandIds, type CommandId } from '@shared/project/commands'
import { layerKinds } from '@shared/layers/registry'
import { recipes } from '@shared/network/recipes'
import { itemId, moduleNames, type ModuleItem } from '@/features/design/palette/module-items'
import { useBegin } from '@/features/data/collect/use-begin'
import { otherSharing } from '@shared/network/sharing'
import { useDesignActions } from '@/features/design/use-design-actions'
import { useDatasetStore } from '@/stores/dataset'
import { useCollectionStore } from '@/stores/collection'
import { useDialogsStore } from '@/stores/dialogs'
import { useDocumentStore } from '@/stores/document'
import { useEngineStore } from '@/stores/engine'
import { useLayoutStore } from '@/stores/layout'
import { useModuleShelfStore } from '@/stores/module-shelf'
import { useProgramStore } from '@/stores/program'
import { useProjectStore } from '@/stores/project'
import { useRunsStore } from '@/stores/runs'
import { useSampleEditsStore } from '@/stores/sample-edits'
import { useSampleViewStore } from '@/stores/sample-view'
import { useSettingsStore } from '@/stores/settings'
import { useWorkspaceStore, type Workspace } from '@/stores/workspace'
import { computed, type ComputedRef } from 'vue'
import { workspaceEntries } from './workspaces'

/** One thing that a person can ask for, by menu, key or palette. */
export interface Command {
  readonly id: string
  /** The message key of its title, with what fills it. */
  readonly title: string
  readonly titleParams?: Readonly<Record<string, string>>
  /** The message key of the heading it stands under in the palette. */
  readonly group: string
  readonly icon: string
  /** In Electron's notation. */
  readonly shortcut?: string
  /** Why it cannot be used now, as a message key; null: it can. */
  readonly whyNot: () => string | null
  readonly run: () => void | Promise<void>
}

type Action = Pick<Command, 'icon' | 'run'> & { readonly whyNot?: Command['whyNot'] }

/** The table of all commands. Its entries read the stores when asked, so the table itself never changes. */
export function commandTable(): ReadonlyMap<string, Command> {
  const shared = sharedActions()
  const commands = [
    ...commandIds.map((id): Command => {
      const shortcut = accelerators[id]
      const [group = ''] = id.split('.')
      return {
        id,
        title: `menu.commands.${id}`,
        group: `app.groups.${group}`,
        whyNot: () => null,
        ...shared[id],
        ...(shortcut ? { shortcut } : {}),
      }
    }),
    ...ownCommands(),
    ...layerCommands(),
  ]
  return new Map(commands.map((command) => [command.id, command]))
}

function sharedActions(): Record<CommandId, Action> {
  const dialogs = useDialogsStore()
  const project = useProjectStore()
  const document = useDocumentStore()
  const runs = useRunsStore()
  const workspace = useWorkspaceStore()
  const program = useProgramStore()
  const design = useDesignActions()
  const begin = useBegin()

  const samples = useSampleActions()
  const onCanvas = (why: () => string | null) => (): string | null =>
    workspace.current === 'design' ? why() : 'app.cannot.design'
  /** A command of the Edit menu is about samples in Data, and about layers in Design. */
  const byPlace = (onSamples: Pick<Action, 'run' | 'whyNot'>, onLayers: Action): Action => ({
    icon: onLayers.icon,
    whyNot: () => (workspace.current === 'data' ? onSamples : onLayers).whyNot?.() ?? null,
    run: () => (workspace.current === 'data' ? onSamples : onLayers).run(),
  })
  const withSelection = onCanvas(() => (document.selection.length > 0 ? null : 'app.cannot.selection'))
  const withModule = onCanvas(() => (design.modules.meant.value ? null : 'modules.whyNot.module'))
  const withRun = (): string | null => (runs.live ? null : 'app.cannot.noRun')
  const to = (name: Workspace): Action => ({ icon: workspaceEntries[name].icon, run: () => workspace.go(name) })

  return {
    'project.new': { icon: 'file-plus', run: () => dialogs.show('newProject') },
    'project.open': { icon: 'folder-open', run: () => project.open(null) },
    'network.gallery': {
      icon: 'layout-grid',
      run() {
        workspace.go('design')
        dialogs.show('gallery')
      },
    },
    'samples.collect': {
      icon: 'camera',
      async run() {
        await begin.orResume()
      },
    },
    'project.saveAs': { icon: 'copy-plus', run: () => project.saveAs() },
    'project.export': { icon: 'share', run: () => workspace.go('export') },
    'edit.undo': byPlace(samples.undo, {
      icon: 'undo-2',
      whyNot: onCanvas(() => (document.undoLabel ? null : 'app.cannot.undo')),
      run: () => document.undo(),
    }),
    'edit.redo': byPlace(samples.redo, {
      icon: 'redo-2',
      whyNot: onCanvas(() => (document.redoLabel ? null : 'app.cannot.redo')),
      run: () => document.redo(),
    }),
    'edit.delete': byPlace(samples.delete, {
      icon: 'trash-2',
      whyNot: withSelection,
      run: () => design.removeSelected(),
    }),
    'edit.duplicate': { icon: 'copy', whyNot: withSelection, run: () => design.duplicate() },
    'edit.selectAll': byPlace(samples.selectAll, {
      icon: 'box-select',
      whyNot: onCanvas(() => null),
      run: () => design.selectAll(),
    }),
    'edit.makeModule': {
      icon: 'component',
      whyNot: onCanvas(() => (design.modules.refusal.value ? 'modules.whyNot.make' : null)),
      run: () => design.modules.make(),
    },
    'edit.toggleModule': { icon: 'maximize-2', whyNot: withModule, run: () => design.modules.toggle() },
    'edit.dissolveModule': {
      icon: 'ungroup',
      whyNot: withModule,
      run: () => design.modules.meant.value && design.modules.dissolve(design.modules.meant.value.id),
    },
    'workspace.data': to('data'),
    'workspace.design': to('design'),
    'workspace.train': to('train'),
    'workspace.look': to('look'),
    'workspace.export': to('export'),
    'palette.open': { icon: 'search', run: () => dialogs.show('palette') },
    'run.start': {
      icon: 'play',
      whyNot: () => workspace.whyNotStart,
      async run() {
        workspace.go('train')
        await runs.start()
      },
    },
    'run.pause': {
      icon: 'pause',
      whyNot: withRun,
      run: () => (runs.live?.state === 'paused' ? runs.resume() : runs.pause()),
    },
    'run.stop': { icon: 'square', whyNot: withRun, run: () => runs.stop() },
    'settings.open': { icon: 'settings', run: () => dialogs.show('settings') },
    'help.about': { icon: 'info', run: () => dialogs.show('about') },
    'help.log': { icon: 'scroll-text', run: () => program.showLog() },
  }
}

/** What the Edit menu does to samples: to those that are gathered by hand, while these are shown, and else to the data's. */
function useSampleActions() {
  const collection = useCollectionStore()
  const dataset = useDatasetStore()
  const edits = useSampleEditsStore()
  const view = useSampleViewStore()
  const onData = (why: () => string | null) => () => (collection.shown ? 'collect.notHere' : why())
  return {
    undo: {
      whyNot() {
        if (collection.shown && collection.adding) return 'collect.whyNot.adding'
        if (collection.shown) return collection.steps.length > 0 ? null : 'collect.nothingToUndo'
        return edits.undoable ? null : 'browse.cannot.undo'
      },
      run: () => (collection.shown ? collection.undo() : edits.undo()),
    },
    redo: { whyNot: onData(() => (edits.redoable ? null : 'browse.cannot.redo')), run: () => edits.redo() },
    delete: {
      whyNot: onData(() => (view.chosen.size > 0 ? null : 'browse.cannot.selection')),
      run: () => (edits.removedShown ? edits.restore() : edits.remove()),
    },
    selectAll: {
      whyNot: onData(() => (dataset.summary ? null : 'browse.cannot.data')),
      run: () => edits.selectAll(),
    },
  }
}

/** Commands of the window alone, which the native menu does not have. */
function ownCommands(): Command[] {
  const design = useDesignActions()
  const document = useDocumentStore()
  const dialogs = useDialogsStore()
  const settings = useSettingsStore()
  const engine = useEngineStore()
  const workspace = useWorkspaceStore()
  const inspector = useLayoutStore().flag('frame.inspector', true)
  const code = useLayoutStore().flag('design.code', false)
  const previews = useLayoutStore().flag('design.previews', false)

  /** The only layer that is selected. */
  const alone = () => {
    const [only = '', ...others] = design.chosenNodes.value
    return others.length === 0 ? document.facts.get(only) : undefined
  }
  const own = (id: string, group: string, icon: string, run: Command['run'], more: Partial<Command> = {}): Command => ({
    id,
    title: `app.commands.${id}`,
    group: `app.groups.${group}`,
    icon,
    run,
    whyNot: () => null,
    ...more,
  })

  return [
    own('renameProject', 'project', 'pencil', () => dialogs.show('renameProject')),
    own('toggleInspector', 'workspace', 'panel-right', () => void (inspector.value = !inspector.value), {
      shortcut: 'CmdOrCtrl+I',
    }),
    own('toggleCode', 'workspace', 'code-xml', () => {
      code.value = workspace.current !== 'design' || !code.value
      workspace.go('design')
    }),
    own('togglePreviews', 'workspace', 'scan-eye', () => {
      previews.value = workspace.current !== 'design' || !previews.value
      workspace.go('design')
    }),
    own('networkFromCode', 'network', 'file-input', () => {
      workspace.go('design')
      dialogs.show('readNetwork')
    }),
    own('changeSharing', 'network', 'unlink', () => design.changeSharing(alone()?.node.id ?? ''), {
      whyNot() {
        const { node, kind } = alone() ?? {}
        const other = node && kind && otherSharing(kind, node.values)
        if (workspace.current !== 'design') return 'app.cannot.design'
        if (!other) return 'app.cannot.sharing'
        return other.lost.length > 0 ? 'app.cannot.sharingLost' : null
      },
    }),
    own('themeSystem', 'settings', 'monitor', () => settings.change({ theme: 'system' })),
    own('themeLight', 'settings', 'sun', () => settings.change({ theme: 'light' })),
    own('themeDark', 'settings', 'moon', () => settings.change({ theme: 'dark' })),
    own('languageEnglish', 'settings', 'languages', () => settings.change({ language: 'en' })),
    own('languageRussian', 'settings', 'languages', () => settings.change({ language: 'ru' })),
    own('restartEngine', 'help', 'refresh-cw', () => engine.restart()),
  ]
}

/** One command for each kind of layer, and for each recipe of a module: it goes behind what is selected. */
function layerCommands(): Command[] {
  const design = useDesignActions()
  const workspace = useWorkspaceStore()
  const entries = [
    ...[...layerKinds.values()].map(({ kind, icon }) => ({ entry: kind, title: `layers.${kind}.title`, icon })),
    ...recipes.map(({ name, icon }) => ({
      entry: itemId({ from: 'recipe', name }),
      title: `modules.recipes.${name}.title`,
      icon,
    })),
  ]
  return entries.map(({ entry, title, icon }) => ({
    id: `layer.${entry}`,
    title,
    group: 'app.groups.layer',
    icon,
    whyNot: () => null,
    run() {
      workspace.go('design')
      design.add(entry)
    },
  }))
}

/**
 * The commands that put in a module of this project or one that is kept for all: they come and go with these. Where a
 * module is in use, there is one for each way to have weights.
 */
export function useModuleCommands(): ComputedRef<readonly Command[]> {
  const design = useDesignActions()
  const workspace = useWorkspaceStore()
  const document = useDocumentStore()
  const shelf = useModuleShelfStore()

  function commandsOf(item: ModuleItem): Command[] {
    const entry = itemId(item)
    const uses = design.modules.inUse(entry) === undefined ? (['add'] as const) : (['tied', 'own'] as const)
    return uses.map((use) => ({
      id: `module.${use} ${entry}`,
      title: `modules.commands.${use}`,
      titleParams: { name: item.name },
      group: 'app.groups.layer',
      icon: item.from === 'kept' ? 'archive' : 'component',
      whyNot: () => null,
      run() {
        workspace.go('design')
        design.add(entry, undefined, use === 'tied' ? 'tied' : 'own')
      },
    }))
  }

  return computed(() => {
    const names = moduleNames(document.network)
    const kept = shelf.kept.map(({ name }) => name).filter((name) => !names.includes(name))
    const items: ModuleItem[] = [
      ...names.map((name): ModuleItem => ({ from: 'project', name })),
      ...kept.map((name): ModuleItem => ({ from: 'kept', name })),
    ]
    return items.flatMap(commandsOf)
  })
}
