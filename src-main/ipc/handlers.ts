import type { AboutInfo, AppContract } from '@shared/ipc/app'
import type { Client, Handlers } from '@shared/ipc/contract'
import type { EngineContract } from '@shared/ipc/engine'
import type { Log } from '@shared/log'
import type { EngineHost } from '../engine-host/host'
import type { Capture } from '../services/capture'
import type { Collections } from '../services/collections'
import type { Dialogs } from '../services/dialogs'
import { askAndSaveAs, openOrAsk, readOrAsk } from '../services/project-dialogs'
import type { Edits } from '../services/edits'
import type { Exports } from '../services/exports'
import type { Imports } from '../services/imports'
import type { KeptDataSets } from '../services/kept-data'
import type { KeptModules } from '../services/module-shelf'
import type { Projects } from '../services/projects'
import type { Runs } from '../services/runs'
import type { Settings } from '../services/settings'
import type { SourceFiles } from '../services/source-files'
import { saveText } from '../services/text-files'

export interface Services {
  readonly about: () => AboutInfo
  readonly settings: Settings
  readonly projects: Projects
  readonly modules: KeptModules
  readonly runs: Runs
  readonly edits: Edits
  readonly exports: Exports
  readonly imports: Imports
  readonly keptData: KeptDataSets
  readonly sourceFiles: SourceFiles
  readonly collections: Collections
  readonly capture: Capture
  readonly engine: EngineHost
  readonly dialogs: Dialogs
  readonly showFolder: (path: string) => Promise<void>
  readonly log: Log
}

/** What each call of a window does: one line into a service. */
export function createHandlers(services: Services): Handlers<AppContract> {
  const { settings, projects, modules, runs, exports, imports, collections, capture, engine, dialogs, log } = services
  const client = (): Promise<Client<EngineContract>> => engine.client()
  return {
    about: () => services.about(),
    readSettings: () => settings.read(),
    writeSettings: (next) => settings.write(next),

    currentProject: () => projects.current(),
    saveProject: ({ path, project }) => projects.save(path, project).then(() => ({})),
    newProject: ({ name }) => projects.create(name),
    openProject: ({ path }) => openOrAsk(projects, dialogs, path),
    readProject: ({ path }) => readOrAsk(dialogs, path),
    saveProjectAs: () => askAndSaveAs(projects, dialogs),
    recentProjects: () => [...projects.recent()],

    readModules: () => modules.read(),
    keepModule: ({ name, piece }) => modules.keep(name, piece),
    renameModule: ({ name, next }) => modules.rename(name, next),
    forgetModule: ({ name }) => modules.forget(name),

    openDataset: async (input, options) => (await client()).openDataset(input, options),
    recognizeFiles: async (input, options) => (await client()).recognizeFiles(input, options),
    chooseDataFiles: () => dialogs.dataFiles(),
    chooseDataFolder: () => dialogs.dataFolder(),
    readSamples: async (input, options) => (await client()).readSamples(input, options),
    readRows: async (input, options) => (await client()).readRows(input, options),
    readSample: async (input, options) => (await client()).readSample(input, options),
    readSpectra: async (input, options) => (await client()).readSpectra(input, options),
    findLike: async (input, options) => (await client()).findLike(input, options),
    editDataset: ({ source, edit }) => services.edits.append(source, edit),
    previewAugmentation: async (input, options) => (await client()).previewAugmentation(input, options),

    planImport: (request, { signal }) => imports.plan(request, signal),
    importFiles: (request, { signal }) => imports.run(request, signal),
    interruptedImports: () => imports.interrupted(),
    resumeImport: (request, { signal }) => imports.resume(request, signal),
    discardImport: ({ name }) => imports.discard(name).then(() => ({})),
    listData: () => services.keptData.list(),
    deleteData: ({ name }) => services.keptData.remove(name).then(() => ({})),
    readImport: ({ directory }) => imports.read(directory),
    showSourceFile: ({ directory, file }) => services.sourceFiles.show(directory, file).then(() => ({})),
    readSourceFile: ({ directory, file }, { signal }) => services.sourceFiles.read(directory, file, signal),
    readOriginal: ({ directory, file, ...sample }, { signal }) =>
      services.sourceFiles.readOriginal(directory, file, sample, signal),

    listCollections: () => collections.list(),
    createCollection: ({ title, kind }) => collections.create(title, kind),
    openCollection: ({ id }) => collections.open(id),
    editCollection: ({ id, edit }) => collections.edit(id, edit),
    addSamples: ({ samples, ...place }) => collections.addSamples(place, samples),
    filesToAdd: ({ paths }) => collections.filesToAdd(paths),
    addFiles: ({ paths, ...place }) => collections.addFiles(place, paths),
    readCollected: async ({ file, ...place }) => ({ bytes: await collections.readSample(place, file) }),
    discardCollection: ({ id }) => collections.discard(id).then(() => ({})),

    findVideos: async (input, options) => (await client()).findVideos(input, options),
    readVideo: async (input, options) => (await client()).readVideo(input, options),

    openCapture: async ({ device }) => ({ granted: await capture.open(device) }),
    closeCapture: ({ device }) => {
      capture.close(device)
      return {}
    },

    listRuns: () => runs.list(),
    readHistory: ({ runId }) => runs.history(runId),
    startRun: (request) => runs.start(request),
    pauseRun: ({ runId }) => runs.pause(runId),
    resumeRun: ({ runId }) => runs.resume(runId),
    stopRun: ({ runId }) => runs.stop(runId),
    deleteRun: ({ runId }) => runs.remove(runId).then(() => ({})),

    measureSpeed: async (input, options) => (await client()).measureSpeed(input, options),

    previewLayers: async ({ runId, ...wanted }, options) =>
      (await client()).previewLayers({ directory: runId === null ? null : runs.folder(runId), ...wanted }, options),
    readFilters: async ({ runId, ...wanted }, options) =>
      (await client()).readFilters({ directory: runs.folder(runId), ...wanted }, options),
    topGuesses: async ({ runId, ...wanted }, options) =>
      (await client()).topGuesses({ directory: runs.folder(runId), ...wanted }, options),
    findSuspicious: async ({ runId, ...wanted }, options) =>
      (await client()).findSuspicious({ directory: runs.folder(runId), ...wanted }, options),
    guessFile: async ({ runId, file }, options) =>
      (await client()).guessFile({ directory: runs.folder(runId), file }, options),

    exportModel: ({ runId, format }) => exports.run(runId, format),
    saveText: ({ name, text }) => saveText(dialogs, name, text),
    showFolder: ({ path }) => services.showFolder(path).then(() => ({})),

    engineState: () => engine.state(),
    restartEngine: () => engine.restart(),
    reportError: ({ message, stack }) => {
      log.error(`window: ${message}\n${stack}`)
      return {}
    },
  }
}
