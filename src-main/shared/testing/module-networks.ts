import { branches, chain } from '../network/chain'
import type { NetworkDocument } from '../network/document'
import { makeModule } from '../network/modules'
import { cardHeight, cardWidth } from '../network/place'
import { surfaceOf } from '../network/surface'

/** input, A: conv, pool; then conv, pool, flatten, dense. */
export const plain = chain(
  ['input'],
  ['conv2d', { filters: 8 }],
  ['max-pooling-2d'],
  ['conv2d', { filters: 8 }],
  ['max-pooling-2d'],
  ['flatten'],
  ['dense', { units: 10, activation: 'softmax' }],
)
export const first = ['conv2d-1', 'max-pooling-2d-1']
export const withA = makeModule(plain, first).network
export const a = 'module-1'

/** A residual block: conv1 and the way round it meet in add. */
export const residual = branches(
  ['input', { shape: [8, 8, 4] }, { mark: 'in' }],
  ['conv2d', { filters: 4, padding: 'same' }],
  ['conv2d', { filters: 4, padding: 'same' }, { mark: 'main' }],
  ['add', {}, { from: ['main', 'in'] }],
  ['flatten'],
  ['dense', { units: 10 }],
)

export const wiresText = ({ wires }: Pick<NetworkDocument, 'wires'>) =>
  wires.map(({ from, to, input }) => `${from} ${to} ${input}`)

/** The cards that cover each other. */
export function overlaps(network: NetworkDocument): string[] {
  const { nodes } = surfaceOf(network)
  return nodes.flatMap((one, n) =>
    nodes
      .slice(n + 1)
      .filter(
        (other) =>
          Math.abs(one.position.x - other.position.x) < cardWidth &&
          one.position.y < other.position.y + cardHeight(other) &&
          other.position.y < one.position.y + cardHeight(one),
      )
      .map((other) => `${one.id} covers ${other.id}`),
  )
}
