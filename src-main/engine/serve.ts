import type { Handlers } from '@shared/ipc/contract'
import { engine, type EngineContract } from '@shared/ipc/engine'
import type { Port } from '@shared/ipc/port'
import { serve, type Server } from '@shared/ipc/server'
import { previewAugmentation } from './data/augment/preview'
import { DatasetCache } from './data/dataset-cache'
import { listFiles } from './data/decode/list-files'
import { diskFile } from './data/decode/source-file'
import { importDataset } from './data/import/import'
import { importOnce } from './data/import/import-once'
import { findLike } from './data/like-samples'
import { planImport } from './data/import/plan'
import { readOriginal } from './data/original-sound'
import { readPage, readRows } from './data/page'
import { probeFile } from './data/probe'
import { readSample, readSpectra } from './data/sample'
import { recognizeFiles } from './data/recognize'
import { SourceEntries } from './data/source-entries'
import { Videos } from './data/videos'
import { reportDevice } from './device'
import { readFilters } from './look/filters'
import { guessFile } from './look/guess-file'
import { Previews } from './look/preview'
import { findSuspicious } from './look/suspicious'
import { findTopGuesses } from './look/top-guesses'
import { TrainedNetworks } from './look/trained'
import { exportNetwork } from './save/export'
import { Runs } from './train/runs'
import { measureSpeed } from './train/speed'

/** Serves the engine's contract on a port. Everything that the engine keeps between calls is made here. */
export function serveEngine(port: Port): Server<EngineContract> {
  const datasets = new DatasetCache()
  const runs = new Runs(datasets, {
    metrics: (batch) => server.emit('metrics', batch),
    changed: (record) => server.emit('runChanged', record),
    log: (level, text) => server.emit('log', { level, text }),
  })
  const videos = new Videos()
  const entries = new SourceEntries()
  const networks = new TrainedNetworks(runs)
  const previews = new Previews()

  const handlers: Handlers<EngineContract> = {
    device: reportDevice,
    measureSpeed,
    openDataset: ({ source }) => datasets.with(source, ({ summary }) => summary),
    recognizeFiles: ({ paths }) => recognizeFiles(paths),
    readSamples: ({ source, ...request }) => datasets.with(source, (dataset) => readPage(dataset, request)),
    readRows: ({ source, ...request }) => datasets.with(source, (dataset) => readRows(dataset, request)),
    readSample: ({ source, row }) => datasets.with(source, (dataset) => readSample(dataset, row)),
    readSpectra: ({ source, row }) => datasets.with(source, (dataset) => readSpectra(dataset, row)),
    findLike: ({ source, row }, { signal }) => datasets.with(source, (dataset) => findLike(dataset, row, signal)),
    checkEdit: ({ source, edit }) => datasets.check(source, edit),
    previewAugmentation: ({ source, ...request }) =>
      datasets.with(source, (dataset) => previewAugmentation(dataset, request)),
    async listFiles({ path }) {
      const files: string[] = []
      for await (const { within, names } of listFiles(path)) for (const name of names) files.push(within + name)
      return { files }
    },
    probeFile,
    findVideos: ({ paths }, { signal }) => videos.find(paths, signal),
    readVideo: async ({ number }) => ({ bytes: await videos.read(number) }),
    readEntry: (request, { signal }) => entries.read(request, signal),
    readOriginal: ({ source, row, paths, file, path }, { signal }) =>
      datasets.with(source, (dataset) =>
        readOriginal(dataset, row, () => (path === null ? entries.open(paths, file, signal) : diskFile(path, file))),
      ),
    planImport: (order, { signal }) => planImport(order, { signal }),
    importDataset: ({ id, ...order }, { signal }) =>
      importDataset(order, { signal, progress: (progress) => server.emit('importProgress', { id, ...progress }) }),
    importOnce: ({ id, ...order }, { signal }) =>
      importOnce(order, { signal, progress: (progress) => server.emit('importProgress', { id, ...progress }) }),
    async startRun(order) {
      await previews.forget()
      return runs.begin(order)
    },
    pauseRun: ({ id }) => runs.byId(id).pause(),
    resumeRun: ({ id }) => runs.byId(id).resume(),
    stopRun: ({ id }) => runs.byId(id).stop(),
    previewLayers: ({ directory, source, ...wanted }, { signal }) =>
      datasets.with(source, (dataset) => {
        if (directory === null) return previews.show(wanted, dataset, undefined, signal)
        return networks.with(directory, ({ record, step, readWeights }) => {
          const trained = { stamp: `${directory} ${record.startedAt} ${step}`, step, weights: () => readWeights() }
          return previews.show(wanted, dataset, trained, signal)
        })
      }),
    readFilters: ({ directory, ...wanted }) =>
      networks.with(directory, async (network) => readFilters(network, wanted)),
    topGuesses: ({ directory, ...wanted }, { signal }) =>
      networks.with(directory, (network) =>
        datasets.with(network.record.dataset, (dataset) => findTopGuesses(network, dataset, { ...wanted, signal })),
      ),
    findSuspicious: ({ id, directory, source, ...wanted }, { signal }) =>
      datasets.with(source, (dataset) =>
        findSuspicious(networks, directory, dataset, {
          ...wanted,
          signal,
          progress: (done, total) => server.emit('suspiciousProgress', { id, done, total }),
        }),
      ),
    guessFile: ({ directory, file }) => networks.with(directory, (network) => guessFile(network, file)),
    exportModel: ({ directory, ...order }) =>
      networks.with(directory, async (network) => {
        // Data that has gone since the run does not keep its network from being taken away.
        const lease = await datasets.lease(network.record.dataset).catch(() => undefined)
        try {
          return await exportNetwork(network, lease?.dataset, order)
        } finally {
          lease?.release()
        }
      }),
  }

  const server = serve(engine, handlers, port, {
    checkOutput: import.meta.env.DEV,
    onUnexpected: (name, thrown) => {
      const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
      server.emit('log', { level: 'error', text: `${name}: ${text}` })
    },
  })
  return server
}
