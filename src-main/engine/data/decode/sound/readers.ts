import type { Reader } from '../contract'
import { aiff } from './aiff'
import { flac } from './flac'
import { mp3 } from './mp3'
import { oggSound } from './ogg-sound'
import { wav } from './wav'

/** Readers of sounds; MP3, which has no mark of its own, comes last. */
export const soundReaders: readonly Reader[] = [wav, aiff, flac, oggSound, mp3]
