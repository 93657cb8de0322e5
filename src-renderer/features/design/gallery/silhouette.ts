import type { Category } from '@shared/layers/define'
import type { NetworkDocument } from '@shared/network/document'
import { walk, wiresInto, type NodeFacts } from '@shared/network/walk'

/** A layer as a block, in units of the drawing; `y` grows downwards. */
export interface Block {
  readonly id: string
  readonly category: Category
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A small drawing of a network, from the input on the left to the last layer on the right. */
export interface Silhouette {
  readonly width: number
  readonly height: number
  readonly blocks: readonly Block[]
  /** The wires as SVG paths. */
  readonly wires: readonly string[]
}

/** Layers of these categories change neither size nor meaning of what they pass on; their wires are drawn through. */
const unseen: ReadonlySet<Category> = new Set(['activation', 'normalization', 'regularization'])

const [tallest, lowest, widest, narrowest] = [44, 5, 16, 3]
const [between, beside] = [6, 5]
/** So many channels at least are as wide as a block gets. */
const manyChannels = 64

interface Placed {
  readonly facts: NodeFacts
  readonly category: Category
  readonly sources: readonly string[]
  readonly column: number
}

/** Draws a network whose shapes are known; layers whose shape is not are left out. */
export function silhouetteOf(network: NetworkDocument): Silhouette {
  const placed = placeInColumns(network)
  const columns = Math.max(-1, ...[...placed.values()].map(({ column }) => column)) + 1
  const size = scales([...placed.values()])
  const blocks = new Map<string, Block>()
  let x = 0
  for (let column = 0; column < columns; column++) {
    // Side by side on the canvas, one above the other in the drawing.
    const inColumn = [...placed.values()]
      .filter((one) => one.column === column)
      .sort((one, other) => one.facts.node.position.x - other.facts.node.position.x)
      .map((one) => ({ ...one, ...size(one.facts) }))
    const height = inColumn.reduce((sum, one) => sum + one.height, 0) + beside * (inColumn.length - 1)
    const width = Math.max(...inColumn.map((one) => one.width))
    let y = -height / 2
    for (const one of inColumn) {
      const { id } = one.facts.node
      const left = x + (width - one.width) / 2
      blocks.set(id, { id, category: one.category, x: left, y, width: one.width, height: one.height })
      y += one.height + beside
    }
    x += width + between
  }
  return framed([...blocks.values()], wiresBetween(placed, blocks))
}

/** The seen layers, each with the seen ones that feed it, one column behind the last of them. */
function placeInColumns(network: NetworkDocument): ReadonlyMap<string, Placed> {
  const into = wiresInto(network)
  const placed = new Map<string, Placed>()
  /** Through which seen layers a node's output comes: itself, or those in front of it. */
  const seen = new Map<string, readonly string[]>()
  for (const facts of walk(network).values()) {
    const { node, kind, result } = facts
    const sources = [...new Set((into.get(node.id) ?? []).flatMap(({ from }) => seen.get(from) ?? []))]
    if (!kind || !result.ok || unseen.has(kind.category)) {
      seen.set(node.id, sources)
      continue
    }
    const column = Math.max(-1, ...sources.map((id) => placed.get(id)?.column ?? 0)) + 1
    placed.set(node.id, { facts, category: kind.category, sources, column })
    seen.set(node.id, [node.id])
  }
  return placed
}

interface Size {
  readonly width: number
  readonly height: number
}

/** Sizes grow with the logarithm: between 3 channels and 4,096 values there is more than a drawing can hold. */
function scales(all: readonly Placed[]): (facts: NodeFacts) => Size {
  const shapes = all.map(({ facts }) => measures(facts))
  const most = (values: readonly number[]) => Math.log2(1 + Math.max(1, ...values))
  const [side, channels] = [
    most(shapes.map((one) => one.side)),
    most([manyChannels, ...shapes.map((one) => one.channels)]),
  ]
  return (facts) => {
    const own = measures(facts)
    return {
      height: lowest + (tallest - lowest) * (Math.log2(1 + own.side) / side),
      width: narrowest + (widest - narrowest) * (Math.log2(1 + own.channels) / channels),
    }
  }
}

/** A row of values is as tall as it has values, and as wide as one channel. */
function measures({ result }: NodeFacts): { readonly side: number; readonly channels: number } {
  const shape = result.ok ? result.shape : []
  return shape.length > 1
    ? { side: Math.max(...shape.slice(0, -1)), channels: shape.at(-1) ?? 1 }
    : { side: Math.min(shape[0] ?? 1, 4096) ** 0.5, channels: 1 }
}

/** Straight to the next column; further ones are reached by an arch above what stands in between. */
function wiresBetween(placed: ReadonlyMap<string, Placed>, blocks: ReadonlyMap<string, Block>): string[] {
  return [...placed].flatMap(([id, { sources, column }]) =>
    sources.flatMap((source) => {
      const [from, to] = [blocks.get(source), blocks.get(id)]
      if (!from || !to) return []
      const start = { x: from.x + from.width, y: from.y + from.height / 2 }
      const end = { x: to.x, y: to.y + to.height / 2 }
      if (column - (placed.get(source)?.column ?? 0) === 1) return [curve(start, end, (start.x + end.x) / 2)]
      const passed = [...blocks.values()].filter((one) => one.x >= from.x && one.x <= to.x)
      const top = Math.min(...passed.map((one) => one.y)) - beside
      const [out, back] = [start.x + between / 2, end.x - between / 2]
      return [
        `M ${tidy(start.x)} ${tidy(start.y)} L ${tidy(out)} ${tidy(start.y)} L ${tidy(out)} ${tidy(top)} ` +
          `L ${tidy(back)} ${tidy(top)} L ${tidy(back)} ${tidy(end.y)} L ${tidy(end.x)} ${tidy(end.y)}`,
      ]
    }),
  )
}

interface Point {
  readonly x: number
  readonly y: number
}

function curve(from: Point, to: Point, middle: number): string {
  if (from.y === to.y) return `M ${tidy(from.x)} ${tidy(from.y)} L ${tidy(to.x)} ${tidy(to.y)}`
  const turn = `C ${tidy(middle)} ${tidy(from.y)} ${tidy(middle)} ${tidy(to.y)}`
  return `M ${tidy(from.x)} ${tidy(from.y)} ${turn} ${tidy(to.x)} ${tidy(to.y)}`
}

function tidy(value: number): number {
  return Math.round(value * 100) / 100
}

/** The drawing within its frame; the blocks stand around its middle, with room above for arches. */
function framed(blocks: readonly Block[], wires: readonly string[]): Silhouette {
  const half = Math.max(tallest / 2, ...blocks.map(({ y, height }) => Math.max(-y, y + height))) + beside + 1
  return {
    width: Math.max(1, ...blocks.map(({ x, width }) => x + width)),
    height: 2 * half,
    blocks,
    wires,
  }
}
