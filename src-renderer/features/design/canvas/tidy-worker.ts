import { layeredPlaces, type Boxes } from './layered'

/** A thread of its own for laying out; it answers each message with the places of the cards. */
addEventListener('message', ({ data }: MessageEvent<Boxes>) => postMessage(layeredPlaces(data)))
