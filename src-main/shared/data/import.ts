import { z } from 'zod'
import { ResizeMode } from './preprocessing'
import { SkippedFile } from './stored-dataset'

/** Which folder above a file names its class: the one that it lies in, the topmost, or whichever tells files apart. */
export const ClassFolders = z.enum(['auto', 'nearest', 'topmost'])
export type ClassFolders = z.output<typeof ClassFolders>

/** How sounds become pictures of how strong each frequency is at each time. */
export const SpectrogramChoice = z.object({
  /** Frequencies in bands that are equally wide to the ear, or all of them. */
  bands: z.enum(['mel', 'linear']),
  /** How many mel bands. */
  count: z.int().min(4).max(512),
  /** Of each spectrum, in milliseconds. */
  window: z.number().min(1).max(1000),
  /** From one spectrum to the next, in milliseconds. */
  hop: z.number().min(0.5).max(1000),
  /** Decibels below the loudest, from which on all is silence. */
  range: z.number().min(1).max(200),
})
export type SpectrogramChoice = z.output<typeof SpectrogramChoice>

export const usualSpectrogram: SpectrogramChoice = { bands: 'mel', count: 64, window: 32, hop: 16, range: 80 }

const side = z.int().min(1).max(4096)

/** How what a person drops becomes a data set. What is null follows the data. Records of older imports lack some. */
export const ImportSettings = z.object({
  title: z.string().max(200).nullable(),
  /** What the files are; null: what most of them are. */
  as: z.enum(['pictures', 'sounds', 'volumes']).nullable(),
  classFolders: ClassFolders,
  /** What folders named train, val or test are: parts of the data, or classes like all others. */
  partFolders: z.enum(['parts', 'classes']).default('parts'),
  /** A regular expression on file names whose first group is the class. */
  labelPattern: z.string().max(500).nullable(),
  /** A regular expression on file names whose first group is a subject: all of its samples go into one part. */
  groupPattern: z.string().max(500).nullable(),
  /** Height and width of pictures. */
  size: z.tuple([side, side]).nullable(),
  resize: ResizeMode.default('fit'),
  /** Channels of pictures: 1 grey, 3 colour. */
  channels: z.union([z.literal(1), z.literal(3)]).nullable(),
  /** Of files with several frames or pages: the first as a picture, or all as a volume. Volumes always take all. */
  frames: z.enum(['first', 'all']).default('first'),
  /** The pictures of each folder are the slices of one volume, in the order of their names. */
  slices: z.boolean().default(false),
  /** Depth, height and width of volumes. */
  volumeSize: z.tuple([side, side, side]).nullable().default(null),
  /** How volumes of other sizes are brought to it: scaled, cut and filled up around the middle, or left out. */
  volumeFit: z.enum(['scale', 'center', 'skip']).default('scale'),
  /** Frames a second of sounds. */
  rate: z.int().min(100).max(384_000).nullable(),
  soundChannels: z.enum(['mono', 'stereo']).default('mono'),
  /** Length of the windows that sounds are cut into. */
  seconds: z.number().positive().max(600).nullable(),
  /** Seconds from one window's start to the next one's; null: the window's length. */
  hop: z.number().positive().max(600).nullable().default(null),
  /** What is left of a sound that fills no whole window: dropped, or filled up with silence. */
  rest: z.enum(['drop', 'pad']).default('drop'),
  /** Pictures of sounds; null: sounds as they are. */
  spectrogram: SpectrogramChoice.nullable().default(null),
  /** Each channel brought to mean 0 and deviation 1, by the training part's; null: where values are no bytes, but not of sounds as they are. */
  normalize: z.boolean().nullable().default(null),
  /** Share of the samples to be tested on where the source brings no test part of its own. */
  testShare: z.number().min(0).max(0.9),
  /** Share of what is left that is set aside for validation, once and for all; null: each run draws its own. */
  validationShare: z.number().min(0).max(0.9).nullable().default(null),
  seed: z.int().min(0),
})
export type ImportSettings = z.output<typeof ImportSettings>

export const usualImport: ImportSettings = {
  title: null,
  as: null,
  classFolders: 'auto',
  partFolders: 'parts',
  labelPattern: null,
  groupPattern: null,
  size: null,
  resize: 'fit',
  channels: null,
  frames: 'first',
  slices: false,
  volumeSize: null,
  volumeFit: 'scale',
  rate: null,
  soundChannels: 'mono',
  seconds: null,
  hop: null,
  rest: 'drop',
  spectrogram: null,
  normalize: null,
  testShare: 0.15,
  validationShare: null,
  seed: 0,
}

/** What `recognizeFiles` says of files that are no data set yet: an import may make one of them. */
export const toBeImported: ReadonlySet<string> = new Set(['no-data-files', 'idx-too-many', 'not-idx'])

/** Something about the data set as a whole that its owner should know; its text is `import.warnings.<code>`. */
export const ImportWarning = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type ImportWarning = z.output<typeof ImportWarning>

/** What an import found and made. Found = used + those of `skipped` that are not ignored. */
export const ImportReport = z.object({
  directory: z.string(),
  kind: z.enum(['pictures', 'sounds', 'volumes']),
  found: z.int().min(0),
  used: z.int().min(0),
  skipped: z.array(SkippedFile),
  warnings: z.array(ImportWarning),
  /** Samples of each class and part. */
  classes: z.record(z.string(), z.object({ train: z.int(), validation: z.int(), test: z.int() })),
  samples: z.int().min(0),
  shape: z.array(z.int().min(1)),
  /** How many files came in each size, of sounds also at each rate; the most frequent first. */
  sizes: z.array(z.object({ shape: z.array(z.int()), rate: z.number().positive().optional(), count: z.int() })),
  /** Samples equal to an earlier one, value by value. */
  duplicates: z.int().min(0),
  /** Pictures that look like an earlier one. */
  nearDuplicates: z.int().min(0),
  /** Of both, those whose earlier one is in another part. */
  acrossParts: z.int().min(0),
  /** Samples whose values are all the same. */
  constant: z.int().min(0),
  seconds: z.number().min(0),
})
export type ImportReport = z.output<typeof ImportReport>

/** How far an import is; `id` is what its caller named it. */
export const ImportProgress = z.object({
  id: z.string().max(64),
  done: z.int().min(0),
  total: z.int().min(0),
  /** Of this session; an import that was interrupted had `resumed` files done before. */
  seconds: z.number().min(0),
  resumed: z.int().min(0),
})
export type ImportProgress = z.output<typeof ImportProgress>
