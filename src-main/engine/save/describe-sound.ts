import type { SoundForm } from '@shared/data/sound-form'

/** What the sizes of a picture of a sound are called. */
export const spectrogramAxes = ['bands', 'spectra', 'channels']

/** How a sound becomes a sample, step by step, for those who do without Patchwork. */
export function soundSteps({ rate, length, spectrogram }: SoundForm, channels: number): string[] {
  const steps = [
    channels === 1
      ? 'take the mean of the channels'
      : 'take the first two channels, left and right; double a single one',
    `resample to ${rate} samples a second, full scale from -1 to 1`,
    `cut windows of ${length} samples; fill a shorter sound up with silence at its end`,
  ]
  if (!spectrogram) return steps
  const { size, window, hop, bands, scale, range } = spectrogram
  const padded = window < size ? `, with zeros on both sides up to ${size}` : ''
  return [
    ...steps,
    `take the squared magnitude of the Fourier transform of ${window} samples under a periodic Hann window${padded}, around every ${hop}th sample from the first on, with silence beyond both ends`,
    ...(bands.kind === 'mel'
      ? [
          `sum it under ${bands.count} triangles of unit area, equally wide on the mel scale of Slaney's Auditory Toolbox, from ${bands.lowest} to ${bands.highest} Hz`,
        ]
      : []),
    ...(scale === 'magnitude' ? ['take the square root'] : []),
    ...(scale === 'decibel'
      ? [
          `take 10 · log10 of it, or of 1e-10 where it is less, and raise what is more than ${range} below the largest to that`,
        ]
      : []),
    'put the highest frequency first, then the spectra in their order, then the channels',
  ]
}

/** Lines of Python that give one sample of a sound with one channel, by librosa, whose spectrograms are the same. */
export function pythonSound({ rate, length, spectrogram }: SoundForm): string {
  const lines = [
    'import librosa, numpy',
    `sound, _ = librosa.load('sound.wav', sr=${rate}, mono=True)`,
    `sound = librosa.util.fix_length(sound, size=${length})`,
  ]
  if (!spectrogram) return indented([...lines, 'sample = sound[:, None]'])
  const { size, window, hop, bands, scale, range } = spectrogram
  const frames = `n_fft=${size}, win_length=${window}, hop_length=${hop}, pad_mode='constant'`
  const power =
    bands.kind === 'mel'
      ? `librosa.feature.melspectrogram(y=sound, sr=${rate}, ${frames}, n_mels=${bands.count}, fmin=${bands.lowest}, fmax=${bands.highest})`
      : `numpy.abs(librosa.stft(sound, ${frames})) ** 2`
  const scaled = {
    power: 'power',
    magnitude: 'numpy.sqrt(power)',
    decibel: `librosa.power_to_db(power, top_db=${range})`,
  }[scale]
  return indented([...lines, `power = ${power}`, `sample = ${scaled}[::-1, :, None]`])
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join('\n')
}
