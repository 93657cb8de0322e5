import type { SampleValues } from '@shared/data/preprocessing'
import type { SampleName } from '@shared/data/stored-dataset'
import { shapeText } from '@shared/layers/shape'
import { Refusal, type DecodedValues } from '../decode/contract'
import { pictureSample } from '../picture-sample'
import { soundSamples } from '../sound/sound-samples'
import { centerVolume, scaleVolume } from '../volume/fit-volume'
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

function windowsOf(name: string, decoded: DecodedValues, form: SampleForm): MadeSample[] {
  if (!form.sound) throw new RangeError('Sounds without a form of sounds')
  const samples = soundSamples(decoded, form.sound, form.shape.at(-1) ?? 1, form.windows)
  return samples.map(({ start, values }) => ({ name: samples.length === 1 ? name : [name, start], values }))
}

function volumeValues(decoded: DecodedValues, form: SampleForm): SampleValues {
  const shape = volumeShape(decoded.shape)
  const [found, wanted] = [shapeText(shape), shapeText(form.shape)]
  const channelsFit = shape.at(-1) === form.shape.at(-1)
  if (found !== wanted && (form.volumeFit === 'skip' || !channelsFit)) {
    throw new Refusal('other-shape', { found, wanted })
  }
  const { dtype, values } = decoded
  if (form.type === 'uint8' && dtype !== 'uint8') throw new Refusal('other-type', { found: dtype, wanted: form.type })
  const volume = { shape, values: dtype === 'uint8' ? values : finite(values) }
  if (found === wanted) return form.type === 'uint8' ? Uint8Array.from(values) : Float32Array.from(volume.values)
  const fitted = (form.volumeFit === 'center' ? centerVolume : scaleVolume)(volume, form.shape)
  return form.type === 'uint8' ? Uint8Array.from(fitted, Math.round) : fitted
}

/** What is no number becomes 0: one such value would spoil every step that it comes into. The report tells of them. */
function finite(values: DecodedValues['values']): Float32Array {
  return Float32Array.from(values, (value) => {
    const single = Math.fround(value)
    return Number.isFinite(single) ? single : 0
  })
}
