import type { NetworkDocument } from '@shared/network/document'
import { nodeById } from '@shared/network/document'

export type Direction = 'up' | 'down' | 'left' | 'right'

/**
 * The card that an arrow key leads to: up and down along the wires (of several, the one that stands nearest), left and
 * right to the nearest card on that side. Undefined where there is none.
 */
export function neighbour(network: NetworkDocument, id: string, direction: Direction): string | undefined {
  const here = nodeById(network, id)
  if (!here) return undefined
  const { x, y } = here.position
  const candidates = network.nodes.filter((node) => {
    if (direction === 'down') return network.wires.some((wire) => wire.from === id && wire.to === node.id)
    if (direction === 'up') return network.wires.some((wire) => wire.to === id && wire.from === node.id)
    return direction === 'left' ? node.position.x < x : node.position.x > x
  })
  // To the side, what is on the same height comes before what is merely near.
  const weight = direction === 'left' || direction === 'right' ? 3 : 1
  const far = ({ position }: (typeof candidates)[number]) => Math.hypot(position.x - x, weight * (position.y - y))
  return candidates.sort((one, other) => far(one) - far(other))[0]?.id
}
