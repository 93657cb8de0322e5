// @ts-check
import { augmentationRows } from './augmentation.mjs'
import { growthRows } from './growth.mjs'
import { importRow } from './import.mjs'
import { memoryRow } from './memory.mjs'
import { shareRow } from './share.mjs'
import { trainingRows } from './training.mjs'
import { coldStartRow, windowRow } from './window.mjs'

/** @typedef {import('../measure.mjs').Row} Row */
/** @typedef {import('../../setup/provisioned.mjs').Provisioned} Provisioned */

/**
 * Everything that can be measured here.
 * @param {Provisioned} provisioned
 * @param {string | undefined} python with Keras and PyTorch
 * @returns {Row[]}
 */
export function listRows(provisioned, python) {
  return [
    ...trainingRows(python),
    shareRow(),
    memoryRow(python),
    ...growthRows(python),
    importRow(python),
    ...augmentationRows(python),
    coldStartRow(provisioned),
    windowRow(provisioned),
  ]
}
