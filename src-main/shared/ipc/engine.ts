import { z } from 'zod'
import { DatasetSource, DatasetSummary, RowsRequest, SamplePage, SampleRequest } from '../data/dataset'
import { Edit } from '../data/edits'
import { LikeSamples, OriginalSound, SampleAddress, SampleDetail, SampleSpectra } from '../data/sample-detail'
import { ImportProgress, ImportReport, ImportSettings } from '../data/import'
import { ImportPlan } from '../data/import-plan'
import { ProbeReport, ProbeRequest } from '../data/probe'
import { SourceEntry, SourceEntryRequest } from '../data/source-file'
import { FoundVideo } from '../data/video'
import { AugmentationPreview, AugmentationPreviewRequest } from '../training/augmentation'
import { MetricBatch } from '../training/metrics'
import { DeviceReport, RunId, RunRecord, RunRequest } from '../training/run'
import { SpeedReport, SpeedRequest } from '../training/speed'
import { defineContract } from './contract'
import { ExportFormat, ExportReport, FilterRequest, FilterView, GuessedSample, TopGuesses } from './look'
import { NetworkPreview, PreviewRequest } from './preview'
import { SuspiciousLabels, SuspiciousProgress, SuspiciousRequest } from './suspicious'

const Path = z.string().min(1).max(4096)
const Nothing = z.object({})

/** A run's folder; the engine answers from the run in training where it has it, else from the weights in the folder. */
const RunFolder = z.object({ directory: Path })

const ImportOrder = z.object({ paths: z.array(Path).min(1).max(1000), directory: Path, settings: ImportSettings })

const OwnFile = z.object({
  name: z.string().max(400),
  bytes: z.instanceof(Uint8Array),
  /** Turn light into dark before the network sees it. */
  invert: z.boolean(),
})

/**
 * What the engine can do. Every call carries all that it needs (a source, a folder), so that an engine that was
 * restarted answers like the one before.
 */
export const engine = defineContract({
  calls: {
    device: { input: Nothing, output: DeviceReport },
    /** Trains a while on made-up samples; nothing is kept. */
    measureSpeed: { input: SpeedRequest, output: SpeedReport },
    openDataset: { input: z.object({ source: DatasetSource }), output: DatasetSummary },
    /** Which data set a person's files make; refuses what cannot be read, with the file's name. */
    recognizeFiles: { input: z.object({ paths: z.array(Path).min(1).max(1000) }), output: DatasetSource },
    readSamples: { input: SampleRequest, output: SamplePage },
    readRows: { input: RowsRequest, output: z.object({ rows: z.instanceof(Uint32Array) }) },
    /** One sample in full. */
    readSample: { input: SampleAddress, output: SampleDetail },
    readSpectra: { input: SampleAddress, output: SampleSpectra },
    /** The samples that are the same as one, or look like it. */
    findLike: { input: SampleAddress, output: LikeSamples },
    /** Refuses an edit that cannot be meant; changes nothing. `samples`: how many the source has. */
    checkEdit: {
      input: z.object({ source: DatasetSource, edit: Edit }),
      output: z.object({ samples: z.int().min(1) }),
    },
    /** The same samples before and after augmentation. */
    previewAugmentation: { input: AugmentationPreviewRequest, output: AugmentationPreview },
    /** The files in a folder and the folders in it, or the path itself where it is none. */
    listFiles: { input: z.object({ path: Path }), output: z.object({ files: z.array(z.string()) }) },
    /** Decodes a file as an import would; a report for each entry of an archive, one for any other file. */
    probeFile: { input: ProbeRequest, output: z.array(ProbeReport) },
    /** The videos below some paths; whoever can decode them asks for their bytes by their numbers. */
    findVideos: { input: z.object({ paths: z.array(Path).min(1).max(1000) }), output: z.array(FoundVideo) },
    /** The bytes of a video of the last `findVideos`. */
    readVideo: { input: z.object({ number: z.int().min(0) }), output: z.object({ bytes: z.instanceof(Uint8Array) }) },
    /** What an entry of an archive holds or begins with, by the name that an import gives it. */
    readEntry: { input: SourceEntryRequest, output: SourceEntry },
    /**
     * The sound that a sample is a picture of, from the file that it came from: the one at `path`, or (null) an entry of an
     * archive below `paths`.
     */
    readOriginal: {
      input: SampleAddress.extend({ paths: z.array(Path).min(1), file: z.string().min(1), path: Path.nullable() }),
      output: OriginalSound,
    },
    /** What an import into a folder would find, make and take on its disk; nothing is written. */
    planImport: { input: ImportOrder, output: ImportPlan },
    /**
     * Makes a stored data set of files, in a new or an empty folder, and goes on with what an interrupted import of the
     * same left beside it, unless `anew`. Cancelled, or where the disk is full, it leaves what is done there itself.
     */
    importDataset: {
      input: ImportOrder.extend({ id: ImportProgress.shape.id, anew: z.boolean().optional() }),
      output: ImportReport,
    },
    /**
     * Imports files with the usual settings into a folder of `home` that is named after them; where that was done before
     * and they are the same, nothing is made and `report` is null.
     */
    importOnce: {
      input: ImportOrder.pick({ paths: true }).extend({ id: ImportProgress.shape.id, home: Path }),
      output: z.object({ directory: Path, report: ImportReport.nullable() }),
    },
    /** Prepares a run in a new folder and begins to train; returns once `run.json` is written. */
    startRun: {
      input: RunRequest.extend({ id: RunId, number: z.int().min(1), directory: Path }),
      output: RunRecord,
    },
    pauseRun: { input: z.object({ id: RunId }), output: RunRecord },
    resumeRun: { input: z.object({ id: RunId }), output: RunRecord },
    stopRun: { input: z.object({ id: RunId }), output: RunRecord },
    /** `directory` null: with first weights, untrained. Layers that cannot be computed are left out. */
    previewLayers: { input: PreviewRequest.extend({ directory: Path.nullable() }), output: NetworkPreview },
    readFilters: { input: RunFolder.extend(FilterRequest.shape), output: FilterView },
    topGuesses: {
      input: RunFolder.extend({ right: z.int().min(0).max(50), wrong: z.int().min(0).max(50), seed: z.int().min(0) }),
      output: TopGuesses,
    },
    /** Labels that a run's network does not believe. */
    findSuspicious: { input: RunFolder.extend(SuspiciousRequest.shape), output: SuspiciousLabels },
    /** What a person's own picture, sound or volume is. */
    guessFile: { input: RunFolder.extend({ file: OwnFile }), output: GuessedSample },
    exportModel: {
      input: RunFolder.extend({ format: ExportFormat, target: Path, name: z.string().max(120) }),
      output: ExportReport,
    },
  },
  events: {
    metrics: MetricBatch,
    /** A run began, paused, went on or ended. */
    runChanged: RunRecord,
    importProgress: ImportProgress,
    suspiciousProgress: SuspiciousProgress,
    log: z.object({ level: z.enum(['info', 'warn', 'error']), text: z.string() }),
  },
})
export type EngineContract = typeof engine
