import type { Layer } from '../../tf'

/**
 * Lets a built layer use the variables of another one in place of its own, which are freed: both then have the same
 * weights at all times. The layers must be of one class with settings that give the same weights.
 */
export function shareWeights(layer: Layer, other: Layer): void {
  const theirs = other.weights
  if (layer.weights.length !== theirs.length) throw new Error(`${layer.name} has other weights than ${other.name}`)
  for (const [n, own] of layer.weights.entries()) {
    const shared = theirs[n]
    if (shared?.shape.join() !== own.shape.join())
      throw new Error(`${own.name} has the shape ${own.shape.join(' × ')}, not ${shared?.shape.join(' × ')}`)
    own.dispose()
    // A weight of tfjs's is a frame around the variable that holds its values.
    Object.defineProperty(own, 'val', { value: shared.read() })
  }
}
