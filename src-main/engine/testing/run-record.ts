import { templateNetwork } from '@shared/network/templates'
import { runRecord } from '@shared/testing/run-record'
import type { RunRecord } from '@shared/training/run'

/** The record of a finished run of LeNet, for tests. */
export function finishedRun(own: Partial<RunRecord> = {}): RunRecord {
  const network = templateNetwork('lenet')
  if (!network) throw new Error('There is no template lenet')
  return runRecord({ id: 'run-1', state: 'finished', network, ...own })
}
