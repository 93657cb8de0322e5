import type { NetworkDocument } from './document'
import { moveNodes, type Position } from './edit'
import { modulesAround, moduleTree } from './module-tree'
import { cardHeight, cardWidth, gap } from './place'
import { surfaceOf } from './surface'

export interface Box extends Position {
  readonly width: number
  readonly height: number
}

/** The room between an open module's frame and what stands in it; its title stands at the top. */
export const frameRoom = { side: 16, top: 40, bottom: 16 } as const

/** The box around some boxes; undefined where there are none. */
export function boxAround(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined
  const left = Math.min(...boxes.map(({ x }) => x))
  const upper = Math.min(...boxes.map(({ y }) => y))
  const right = Math.max(...boxes.map(({ x, width }) => x + width))
  const lower = Math.max(...boxes.map(({ y, height }) => y + height))
  return { x: left, y: upper, width: right - left, height: lower - upper }
}

/** The frame around what stands in a module. */
export function framed({ x, y, width, height }: Box): Box {
  return {
    x: x - frameRoom.side,
    y: y - frameRoom.top,
    width: width + 2 * frameRoom.side,
    height: height + frameRoom.top + frameRoom.bottom,
  }
}

const known = new WeakMap<NetworkDocument, ReadonlyMap<string, Box>>()

/** The frames of all open modules that are seen, those around others first. */
export function framesOf(network: NetworkDocument): ReadonlyMap<string, Box> {
  const frames = known.get(network) ?? findFrames(network)
  known.set(network, frames)
  return frames
}

function findFrames(network: NetworkDocument): ReadonlyMap<string, Box> {
  const tree = moduleTree(network)
  const inside = new Map<string, Box[]>()
  const put = (module: string, box: Box) => inside.set(module, [...(inside.get(module) ?? []), box])
  for (const node of surfaceOf(network).nodes) {
    const [module] = modulesAround(tree, node.id)
    if (module !== undefined) put(module, { ...node.position, width: cardWidth, height: cardHeight(node) })
  }
  const depth = (id: string) => modulesAround(tree, id).length
  const open = [...tree.modules.values()].filter((module) => module.open).map(({ id }) => id)
  const frames: [string, Box][] = []
  for (const id of open.sort((one, other) => depth(other) - depth(one))) {
    const content = boxAround(inside.get(id) ?? [])
    if (!content) continue
    const frame = framed(content)
    frames.unshift([id, frame])
    const [around] = modulesAround(tree, id)
    if (around !== undefined) put(around, frame)
  }
  return new Map(frames)
}

/** The cards outside of a module. */
function cardsOutside(network: NetworkDocument, module: string) {
  const tree = moduleTree(network)
  return surfaceOf(network).nodes.filter(({ id }) => id !== module && !modulesAround(tree, id).includes(module))
}

/**
 * Moves all cards outside of a module that begin below a height down, or up as far as they come near no other card: so
 * that opening and closing a module moves nothing in the end.
 */
export function shiftBelow(network: NetworkDocument, module: string, height: number, by: number): NetworkDocument {
  const outside = cardsOutside(network, module)
  const below = outside.filter(({ position }) => position.y >= height)
  const above = outside.filter(({ position }) => position.y < height)
  const room = below.flatMap(({ position: { x, y } }) =>
    above
      .filter(({ position }) => Math.abs(position.x - x) < cardWidth)
      .map((card) => y - card.position.y - cardHeight(card) - gap / 2),
  )
  const shift = by > 0 ? by : -Math.max(0, Math.min(-by, ...room))
  if (shift === 0) return network
  return moveNodes(network, new Map(below.map(({ id, position: { x, y } }) => [id, { x, y: y + shift }])))
}

/** Moves cards aside that an open module's frame would cover, with all that stand further out on the same side. */
export function shiftAside(network: NetworkDocument, module: string): NetworkDocument {
  const frame = framesOf(network).get(module)
  if (!frame) return network
  const outside = cardsOutside(network, module)
  const middle = frame.x + frame.width / 2
  const covered = outside.filter((card) => {
    const { x, y } = card.position
    const across = x < frame.x + frame.width && frame.x < x + cardWidth
    return across && y < frame.y + frame.height && frame.y < y + cardHeight(card)
  })
  const isRight = (x: number) => x + cardWidth / 2 >= middle
  const right = covered.filter(({ position }) => isRight(position.x)).map(({ position }) => position.x)
  const left = covered.filter(({ position }) => !isRight(position.x)).map(({ position }) => position.x)
  const outwards = right.length > 0 ? frame.x + frame.width + gap / 2 - Math.min(...right) : 0
  const inwards = left.length > 0 ? Math.max(...left) + cardWidth + gap / 2 - frame.x : 0
  const moved = outside.flatMap(({ id, position: { x, y } }): [string, Position][] => {
    if (outwards > 0 && x >= Math.min(...right)) return [[id, { x: x + outwards, y }]]
    if (inwards > 0 && x <= Math.max(...left)) return [[id, { x: x - inwards, y }]]
    return []
  })
  return moveNodes(network, new Map(moved))
}
