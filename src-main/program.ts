import { dirname, join } from 'node:path'
import { app, shell } from 'electron'
import type { AboutInfo, AppContract } from '@shared/ipc/app'
import type { Emit } from '@shared/ipc/contract'
import type { Log } from '@shared/log'
import { emptyModuleShelf, ModuleShelfFile } from '@shared/project/module-shelf'
import { AppSettings, initialSettings } from '@shared/project/settings'
import { startHost } from './engine-host/host'
import { utilityLaunch } from './engine-host/launch'
import type { Services } from './ipc/handlers'
import { createCapture } from './services/capture'
import { createCollections } from './services/collections'
import { createDialogs } from './services/dialogs'
import { createEdits } from './services/edits'
import { createExports } from './services/exports'
import { createImports } from './services/imports'
import { createKeptData } from './services/kept-data'
import { createKeptModules } from './services/module-shelf'
import { createProjects, initialMemory, ProjectMemory } from './services/projects'
import { createRuns } from './services/runs'
import { createSettings } from './services/settings'
import { openShelf } from './services/shelves'
import { showFolder } from './services/show-folder'
import { createSourceFiles } from './services/source-files'
import { stored, type Stored } from './services/stored'
import { systemAccess } from './services/system-access'
import { languageOf, translator, type Translate } from './services/texts'
import { initialWindow, WindowState } from './window-state'

/** Everything that the program does, and what it needs to show itself. */
export interface Program extends Services {
  readonly text: () => Translate
  readonly windowMemory: Stored<WindowState>
  /** Stops what is under way and brings everything to disk. */
  end(): Promise<void>
}

/** Puts the services together and starts the engine. */
export function createProgram(facts: AboutInfo, emit: Emit<AppContract>, log: Log): Program {
  const settings = createSettings(stored(openShelf('settings'), AppSettings, initialSettings, 'settings.json', log))
  const text = () => translator(languageOf(settings.read().language, app.getLocale()))
  const dialogs = createDialogs(text)
  const engine = startHost({ launch: utilityLaunch(join(__dirname, 'engine.js')), log })
  const projects = createProjects({
    home: join(app.getPath('userData'), 'projects'),
    memory: stored(openShelf('projects'), ProjectMemory, initialMemory, 'projects.json', log),
    firstName: () => text()('menu.firstProject'),
    log,
    mayLeave: () => {
      runs.mayLeave()
      imports.mayLeave()
    },
  })
  const runs = createRuns({
    engine,
    projectFolder: () => projects.folder(),
    log,
    changed: (run) => emit('runChanged', run),
    trash: (path) => shell.trashItem(path),
  })
  const imports = createImports({ engine, projectFolder: () => projects.folder(), log })
  engine.on('importProgress', (progress) => emit('importProgress', progress))
  engine.on('suspiciousProgress', (progress) => emit('suspiciousProgress', progress))
  const modules = createKeptModules(
    stored(openShelf('modules'), ModuleShelfFile, emptyModuleShelf, 'modules.json', log),
  )
  const exports = createExports({
    engine,
    runFolder: (id) => runs.folder(id),
    projectName: async () => (await projects.current()).project.name,
    chooseFolder: () => dialogs.exportFolder(),
    log,
  })
  const fileManager = {
    openFolder: (path: string) => shell.openPath(path),
    showFile: (path: string) => shell.showItemInFolder(path),
  }
  return {
    about: () => facts,
    settings,
    projects,
    modules,
    runs,
    edits: createEdits({ engine, projectFolder: () => projects.folder(), log }),
    exports,
    imports,
    keptData: createKeptData({
      projectFolder: () => projects.folder(),
      openSource: async () => (await projects.current()).project.dataset,
      runSources: async () => (await runs.list()).map(({ dataset }) => dataset),
      log,
      trash: (path) => shell.trashItem(path),
    }),
    sourceFiles: createSourceFiles({
      engine,
      pathsOf: async (directory) => (await imports.read(directory))?.paths ?? null,
      projectFolder: () => projects.folder(),
      manager: fileManager,
    }),
    collections: createCollections({ engine, projectFolder: () => projects.folder(), log }),
    capture: createCapture(systemAccess),
    engine,
    dialogs,
    log,
    text,
    windowMemory: stored(openShelf('window'), WindowState, initialWindow, 'window.json', log),
    showFolder: (path) =>
      showFolder(path, [projects.folder(), ...exports.folders(), dirname(facts.logPath)], fileManager),
    async end() {
      await Promise.all([runs.stopLive(8000), imports.stopLive(8000)])
      await projects.flush()
      await engine.stop()
    },
  }
}
