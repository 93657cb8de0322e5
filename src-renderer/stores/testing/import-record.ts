import { usualImport, type ImportReport } from '@shared/data/import'
import type { ImportPlan } from '@shared/data/import-plan'
import type { ImportRecord } from '@shared/data/import-record'

/** What an import of two classes of pictures found, for tests. */
export function importReport(part: Partial<ImportReport> = {}): ImportReport {
  return {
    directory: '/project/data/0001',
    kind: 'pictures',
    found: 1302,
    used: 1300,
    skipped: [
      { file: 'cats/cut.png', outcome: 'skipped', code: 'damaged', params: { detail: 'cut short' } },
      { file: 'dogs/link', outcome: 'refused', code: 'path-escapes', params: {} },
      { file: '.DS_Store', outcome: 'ignored', code: 'litter', params: {} },
    ],
    warnings: [{ code: 'duplicates', params: { count: 3 } }],
    classes: { cats: { train: 600, validation: 0, test: 100 }, dogs: { train: 500, validation: 0, test: 100 } },
    samples: 1300,
    shape: [32, 48, 3],
    sizes: [
      { shape: [32, 48, 3], count: 1000 },
      { shape: [64, 64, 1], count: 300 },
    ],
    duplicates: 3,
    nearDuplicates: 5,
    acrossParts: 1,
    constant: 0,
    seconds: 2.5,
    ...part,
  }
}

/** What was planned of them, for tests. */
export function importPlan(part: Partial<ImportPlan> = {}): ImportPlan {
  return {
    kind: 'pictures',
    files: 1300,
    skipped: 1,
    endings: [
      { ending: '.png', count: 1200 },
      { ending: '.jpg', count: 100 },
    ],
    classes: { cats: { train: 600, validation: 0, test: 100 }, dogs: { train: 500, validation: 0, test: 100 } },
    testDrawn: true,
    facts: {
      levels: [{ folders: 2, examples: ['cats', 'dogs'] }],
      parts: [],
      classes: { nearest: { count: 2, examples: ['cats', 'dogs'] }, topmost: { count: 2, examples: ['cats', 'dogs'] } },
      sliceFolders: 0,
    },
    shape: [32, 48, 3],
    rate: null,
    samples: 1300,
    bytes: 6_100_000,
    room: { free: 50e9, size: 200e9 },
    smaller: null,
    warnings: [],
    ...part,
  }
}

/** How those pictures came in, for tests. */
export function importRecord(part: Partial<ImportReport> = {}): ImportRecord {
  return { paths: ['/files/animals'], settings: usualImport, report: importReport(part) }
}
