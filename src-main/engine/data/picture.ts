import type { Preprocessing } from '@shared/data/preprocessing'
import { AppError } from '@shared/ipc/errors'
import { englishText } from '@shared/messages/english'
import { usualLimits, type DecodedValues, type Refusal } from './decode/contract'
import { decodeFile } from './decode/decode-file'
import { bytesFile } from './decode/source-file'
import { asSample } from './import/survey'
import { pictureSample } from './picture-sample'

/** A person's picture file as a network is to see it. */
export interface PictureFile {
  /** Its name, for errors. */
  readonly name: string
  readonly bytes: Uint8Array
  /** Turn light into dark, for a network that learned from light strokes on dark. */
  readonly invert: boolean
}

/** A picture with more pixels than this is refused before it is unpacked. */
const megapixels = 64
const limits = { ...usualLimits, pixels: megapixels * 1e6 }

/**
 * A picture as one sample of the preprocessing's shape: decoded, turned as its EXIF tag says, made a sample by
 * `pictureSample`, and inverted on request.
 */
export async function readPicture(
  picture: PictureFile,
  preprocessing: Preprocessing,
): Promise<Uint8Array<ArrayBuffer>> {
  const sample = pictureSample(await decode(picture), preprocessing)
  return picture.invert ? sample.map((value) => 255 - value) : sample
}

async function decode({ name, bytes }: PictureFile): Promise<DecodedValues> {
  // What a file is called says nothing of what is in it, so the name is for errors only.
  const outcome = await decodeFile(bytesFile('picture', bytes), { limits, frames: 'first' })
  if (!outcome.ok) throw errorOf(name, outcome.refusal)
  const decoded = asSample(outcome.decoded, 'pictures')
  if (decoded?.kind !== 'picture') throw new AppError('guess-not-picture', { name })
  return decoded
}

function errorOf(name: string, { code, params }: Refusal): AppError {
  if (code === 'empty') return new AppError('picture-empty', { name })
  if (code === 'truncated') return new AppError('picture-truncated', { name })
  if (code === 'too-many-pixels') return new AppError('picture-too-many-pixels', { name, limit: megapixels })
  const detail = code === 'damaged' ? params.detail : englishText(`decode.reasons.${code}`, params)
  return new AppError('picture-unreadable', { name, detail: String(detail).replace(/\.$/, '') })
}
