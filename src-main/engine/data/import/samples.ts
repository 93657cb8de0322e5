import { shapeText } from '@shared/layers/shape'
import type { SampleValues } from '@shared/data/preprocessing'
import type { SampleName } from '@shared/data/stored-dataset'
import { Refusal, type DecodedValues } from '../decode/contract'
import { pictureSample } from '../picture-sample'
import { withChannels } from '../sound/channels'
import { resample } from '../sound/resample'
import type { Sound } from '../sound/sound'
import { cutWindow, windowStarts, type Cutting } from '../sound/windows'
import { kindOf, volumeShape, type SampleForm } from './survey'

export interface MadeSample {
  readonly values: SampleValues
  readonly name: SampleName
}

/** The samples that a decoded file gives in a data set of a form: one, or of a sound one for each window. */
export async function samplesOf(name: string, decoded: DecodedValues, form: SampleForm): Promise<MadeSample[]> {
  if (kindOf(decoded) !== form.kind) throw new Refusal('other-kind', { format: decoded.format })
  if (form.kind === 'pictures') return [{ name, values: pictureSample(decoded, form) }]
  return form.kind === 'sounds' ? windowsOf(name, decoded, form) : [{ name, values: volumeValues(decoded, form) }]
}

function windowsOf(name: string, decoded: DecodedValues, { shape: [length = 1], rate }: SampleForm): MadeSample[] {
  const own = decoded.rate ?? rate ?? 1
  const sound: Sound = { rate: own, channels: decoded.shape[1] ?? 1, samples: Float32Array.from(decoded.values) }
  const mono = withChannels(sound, 'mono')
  const even = rate === null || rate === own ? mono : resample(mono, rate)
  const cutting: Cutting = { length, hop: length, rest: 'drop', silence: 'end' }
  const starts = windowStarts(even.samples.length, cutting)
  if (starts.length === 0) throw new Refusal('no-samples')
  return starts.map((start) => ({
    name: starts.length === 1 ? name : [name, start],
    values: cutWindow(even, start, cutting).samples,
  }))
}

function volumeValues({ shape, values }: DecodedValues, form: SampleForm): SampleValues {
  const [found, wanted] = [shapeText(volumeShape(shape)), shapeText(form.shape)]
  if (found !== wanted) throw new Refusal('other-shape', { found, wanted })
  if (form.type === 'float32') return Float32Array.from(values)
  return values instanceof Uint8Array ? values : Uint8Array.from(values)
}
