import type { Reader } from '../contract'
import { pickle } from '../pickle/pickle'
import { csv } from '../table/csv'
import { jsonTable } from '../table/json-table'
import { cifarBinary } from './cifar'
import { idx } from './idx'
import { npy } from './npy'
import { npz } from './npz'

/** Readers of arrays and tables; those that go by a file's name come last. */
export const arrayReaders: readonly Reader[] = [npy, npz, idx, pickle, cifarBinary, csv, jsonTable]
