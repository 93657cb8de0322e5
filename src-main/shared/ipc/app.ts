import { z } from 'zod'
import {
  CapturedSample,
  CaptureDevice,
  Collection,
  CollectionEdit,
  CollectionId,
  CollectionKind,
  CollectionStep,
  CollectionSummary,
  RefusedFile,
} from '../data/collection'
import { DatasetSource, DatasetSummary, RowsRequest, SamplePage, SampleRequest } from '../data/dataset'
import { Edit } from '../data/edits'
import { ImportProgress, ImportReport, ImportSettings } from '../data/import'
import { ImportPlan } from '../data/import-plan'
import { ImportRecord } from '../data/import-record'
import { HalfName, InterruptedImport, KeptData, KeptName } from '../data/kept-data'
import { FoundVideo } from '../data/video'
import { LikeSamples, OriginalSound, SampleAddress, SampleDetail, SampleSpectra } from '../data/sample-detail'
import { SourceFileRequest, SourceFileStart } from '../data/source-file'
import { KeptModule, ModuleName, ModuleShelf } from '../project/module-shelf'
import { Project } from '../project/schema'
import { AppSettings } from '../project/settings'
import { AugmentationPreview, AugmentationPreviewRequest } from '../training/augmentation'
import { MetricBatch, RunHistory } from '../training/metrics'
import { DeviceReport, RunId, RunRecord, RunRequest } from '../training/run'
import { SpeedReport, SpeedRequest } from '../training/speed'
import { defineContract } from './contract'
import { ExportFormat, ExportReport, FilterRequest, FilterView, GuessedSample, TopGuesses } from './look'
import { NetworkPreview, PreviewRequest } from './preview'
import { SuspiciousLabels, SuspiciousProgress, SuspiciousRequest } from './suspicious'
import { ErrorReportSchema } from './wire'

const Path = z.string().min(1).max(4096)
const Nothing = z.object({})
const InCollection = z.object({ id: CollectionId })
const InClass = InCollection.extend({ name: z.string().min(1).max(200) })
const Run = z.object({ runId: RunId })

/** An open project with its place on disk. */
export const OpenProject = z.object({ path: Path, project: Project })
export type OpenProject = z.output<typeof OpenProject>

export const EngineState = z.object({
  state: z.enum(['starting', 'ready', 'crashed', 'stopped']),
  device: DeviceReport.nullable(),
  /** Why the engine is gone, with what it last said; null while all is well. */
  error: ErrorReportSchema.nullable(),
  restarts: z.int().min(0),
})
export type EngineState = z.output<typeof EngineState>

export const AboutInfo = z.object({
  version: z.string(),
  electron: z.string(),
  /** `fallback`: a stand-in for running and testing where Electron's own release could not be had. */
  electronSource: z.enum(['package', 'fallback', 'release']),
  chromium: z.string(),
  node: z.string(),
  platform: z.string(),
  sandboxed: z.boolean(),
  logPath: z.string(),
})
export type AboutInfo = z.output<typeof AboutInfo>

/**
 * What a window may ask of the main process, and what it hears from it. Windows name runs by id and see no path that a
 * person did not choose.
 */
export const app = defineContract({
  calls: {
    about: { input: Nothing, output: AboutInfo },
    readSettings: { input: Nothing, output: AppSettings },
    writeSettings: { input: AppSettings, output: AppSettings },

    /** The project of the last time; at the very first start a new one. */
    currentProject: { input: Nothing, output: OpenProject },
    /** Written atomically; the window calls it after every edit. */
    saveProject: { input: z.object({ path: Path, project: Project }), output: Nothing },
    newProject: { input: z.object({ name: z.string().min(1).max(120) }), output: OpenProject },
    /** Asks for a folder where `path` is null; null: the person cancelled. */
    openProject: { input: z.object({ path: Path.nullable() }), output: OpenProject.nullable() },
    /** Reads a project without opening it. Asks for its folder where `path` is null; null: the person cancelled. */
    readProject: { input: z.object({ path: Path.nullable() }), output: OpenProject.nullable() },
    /** Copies project and runs to a folder that the person chooses, and goes on there. */
    saveProjectAs: { input: Nothing, output: OpenProject.nullable() },
    recentProjects: { input: Nothing, output: z.array(z.object({ path: Path, name: z.string() })) },

    /** The modules that are kept for all projects. */
    readModules: { input: Nothing, output: ModuleShelf },
    /** Keeps a module, in place of one of the same name. */
    keepModule: { input: KeptModule, output: ModuleShelf },
    renameModule: { input: z.object({ name: ModuleName, next: ModuleName }), output: ModuleShelf },
    forgetModule: { input: z.object({ name: ModuleName }), output: ModuleShelf },

    openDataset: { input: z.object({ source: DatasetSource }), output: DatasetSummary },
    recognizeFiles: { input: z.object({ paths: z.array(Path).min(1).max(1000) }), output: DatasetSource },
    /** Asks for files; null: cancelled. */
    chooseDataFiles: { input: Nothing, output: z.array(Path).nullable() },
    /** Asks for a folder of files; null: cancelled. */
    chooseDataFolder: { input: Nothing, output: z.array(Path).nullable() },
    readSamples: { input: SampleRequest, output: SamplePage },
    /** All rows that a filter leaves, in their order. */
    readRows: { input: RowsRequest, output: z.object({ rows: z.instanceof(Uint32Array) }) },
    /** One sample in full. */
    readSample: { input: SampleAddress, output: SampleDetail },
    readSpectra: { input: SampleAddress, output: SampleSpectra },
    /** The samples that are the same as one, or look like it. */
    findLike: { input: SampleAddress, output: LikeSamples },
    /** Adds an edit to the data's log in the project; what the data is from then on. */
    editDataset: { input: z.object({ source: DatasetSource, edit: Edit }), output: DatasetSummary },
    /** The same samples before and after augmentation. */
    previewAugmentation: { input: AugmentationPreviewRequest, output: AugmentationPreview },

    /** What an import into the project would find, make and take on the disk; nothing is written. */
    planImport: {
      input: z.object({ paths: z.array(Path).min(1).max(1000), settings: ImportSettings }),
      output: ImportPlan,
    },
    /** Makes a data set of files in the project's folder; given up, what is done becomes an interrupted import. */
    importFiles: {
      input: z.object({
        id: ImportProgress.shape.id,
        paths: z.array(Path).min(1).max(1000),
        settings: ImportSettings,
      }),
      output: ImportReport,
    },
    /** The imports of the project that ended before their time and can be gone on with, the newest first. */
    interruptedImports: { input: Nothing, output: z.array(InterruptedImport) },
    resumeImport: { input: z.object({ id: ImportProgress.shape.id, name: HalfName }), output: ImportReport },
    /** Removes what an interrupted import left. */
    discardImport: { input: z.object({ name: HalfName }), output: Nothing },
    /** The data sets that imports made in the project, the newest first. */
    listData: { input: Nothing, output: z.array(KeptData) },
    /** Moves one that nothing uses to the system's trash. */
    deleteData: { input: z.object({ name: KeptName }), output: Nothing },
    /** How the data set in a folder came in; null where it was not made by `importFiles`. */
    readImport: { input: z.object({ directory: Path }), output: ImportRecord.nullable() },
    /** Shows a file that an import found in the system's file manager; of an archive's entry the archive. */
    showSourceFile: { input: SourceFileRequest, output: Nothing },
    /** What a file that an import found holds or begins with. */
    readSourceFile: { input: SourceFileRequest, output: SourceFileStart },
    /** The sound that a sample is a picture of, from the file that an import found. */
    readOriginal: { input: SourceFileRequest.extend(SampleAddress.shape), output: OriginalSound },

    /** The project's data sets in the making, the newest first. */
    listCollections: { input: Nothing, output: z.array(CollectionSummary) },
    createCollection: {
      input: z.object({ title: z.string().min(1).max(200), kind: CollectionKind }),
      output: Collection,
    },
    openCollection: { input: InCollection, output: Collection },
    editCollection: { input: InCollection.extend({ edit: CollectionEdit }), output: CollectionStep },
    /** Writes what the window captured into a class. */
    addSamples: { input: InClass.extend({ samples: z.array(CapturedSample).min(1).max(256) }), output: CollectionStep },
    /** The files at and below paths that a person wants in a class; refuses more than can be copied, or have room. */
    filesToAdd: { input: z.object({ paths: z.array(Path).min(1).max(100_000) }), output: z.array(Path) },
    /**
     * Copies files into a class; what is no sample is named and left out. `failed`: the disk took no more, but what it had
     * taken before stays.
     */
    addFiles: {
      input: InClass.extend({ paths: z.array(Path).min(1).max(1000) }),
      output: CollectionStep.extend({ refused: z.array(RefusedFile), failed: ErrorReportSchema.nullable() }),
    },
    readCollected: {
      input: InClass.extend({ file: z.string().regex(/^[^\\/\0]{1,255}$/) }),
      output: z.object({ bytes: z.instanceof(Uint8Array) }),
    },
    /** Removes a collection without samples; one that has some stays. */
    discardCollection: { input: InCollection, output: Nothing },

    /** The videos below paths that a person dropped or chose, which the window can decode. */
    findVideos: { input: z.object({ paths: z.array(Path).min(1).max(1000) }), output: z.array(FoundVideo) },
    /** The bytes of a video of the last `findVideos`. */
    readVideo: { input: z.object({ number: z.int().min(0) }), output: z.object({ bytes: z.instanceof(Uint8Array) }) },

    /** Opens a device to the window, when the person asks for it; not granted: the system keeps it from programs. */
    openCapture: { input: z.object({ device: CaptureDevice }), output: z.object({ granted: z.boolean() }) },
    closeCapture: { input: z.object({ device: CaptureDevice }), output: Nothing },

    /** The project's runs, the newest first. A run.json that cannot be read is left out and reported in the log. */
    listRuns: { input: Nothing, output: z.array(RunRecord) },
    readHistory: { input: Run, output: RunHistory },
    startRun: { input: RunRequest, output: RunRecord },
    pauseRun: { input: Run, output: RunRecord },
    resumeRun: { input: Run, output: RunRecord },
    stopRun: { input: Run, output: RunRecord },
    /** Moves the run's folder to the system's trash. */
    deleteRun: { input: Run, output: Nothing },

    /** Trains a while on made-up samples; nothing is kept. */
    measureSpeed: { input: SpeedRequest, output: SpeedReport },

    /** Each layer's output on one sample: with a run's weights, or (null) with first weights, untrained. */
    previewLayers: { input: PreviewRequest.extend({ runId: RunId.nullable() }), output: NetworkPreview },

    readFilters: { input: Run.extend(FilterRequest.shape), output: FilterView },
    topGuesses: {
      input: Run.extend({ right: z.int().min(0).max(50), wrong: z.int().min(0).max(50), seed: z.int().min(0) }),
      output: TopGuesses,
    },
    /** Labels that a run's network does not believe. */
    findSuspicious: { input: Run.extend(SuspiciousRequest.shape), output: SuspiciousLabels },
    /** What a person's own picture, sound or volume is. */
    guessFile: {
      input: Run.extend({
        file: z.object({ name: z.string().max(400), bytes: z.instanceof(Uint8Array), invert: z.boolean() }),
      }),
      output: GuessedSample,
    },

    /** Asks for a folder; null: cancelled. */
    exportModel: { input: Run.extend({ format: ExportFormat }), output: ExportReport.nullable() },
    /** Asks for a file and writes the text there; null: cancelled. */
    saveText: {
      input: z.object({ name: z.string().regex(/^\w[\w.-]{0,119}$/), text: z.string().max(16 * 2 ** 20) }),
      output: Path.nullable(),
    },
    /** Opens the system's file manager at a folder of this project or of an export made by it. */
    showFolder: { input: z.object({ path: Path }), output: Nothing },

    engineState: { input: Nothing, output: EngineState },
    restartEngine: { input: Nothing, output: EngineState },
    /** An error of the window itself, for the log. */
    reportError: { input: z.object({ message: z.string().max(4000), stack: z.string().max(20_000) }), output: Nothing },
  },
  events: {
    metrics: MetricBatch,
    runChanged: RunRecord,
    importProgress: ImportProgress,
    suspiciousProgress: SuspiciousProgress,
    engineState: EngineState,
    settings: AppSettings,
    /** A command of the native menu, by its id in the window's command table. */
    menuCommand: z.object({ id: z.string() }),
    /** The project was changed from outside the window (opened from the menu, say). */
    projectOpened: OpenProject,
    /** A failure that no call of the window waits for, to be shown as it is: the last project could not be opened, say. */
    problem: ErrorReportSchema,
  },
})
export type AppContract = typeof app
