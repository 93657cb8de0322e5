import type { Reader } from '../contract'
import { nifti } from '../volume/nifti'
import { avif } from './avif/avif'
import { bmp } from './bmp'
import { gif } from './gif/gif'
import { ico } from './ico'
import { jpeg } from './jpeg'
import { png } from './png'
import { pnm } from './pnm'
import { qoi } from './qoi'
import { svg } from './svg/svg'
import { tiff } from './tiff/tiff'
import { webp } from './webp/webp'

/** Pictures and volumes. What a file of theirs begins with is long enough to be no chance, but for the last three. */
export const pictureReaders: readonly Reader[] = [jpeg, png, gif, webp, avif, tiff, qoi, nifti, svg, bmp, pnm, ico]
