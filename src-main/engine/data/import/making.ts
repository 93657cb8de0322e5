import type { ImportSettings } from '@shared/data/import'
import type { StoredDataset } from '@shared/data/stored-dataset'

/** The settings of an import as the manifest keeps them and the fingerprint hashes them, one plain value each. */
export function makingOf(settings: ImportSettings): StoredDataset['making'] {
  const { size, volumeSize, spectrogram, ...plain } = settings
  return {
    ...plain,
    size: size && size.join('x'),
    volumeSize: volumeSize && volumeSize.join('x'),
    spectrogram: spectrogram && Object.values(spectrogram).join(' '),
  }
}
