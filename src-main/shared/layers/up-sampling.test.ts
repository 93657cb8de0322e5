import { expect, it } from 'vitest'
import { chain } from '../network/chain'
import { walk } from '../network/walk'

/** The pixels along one axis that an output at a place sees, through a window, pooling, up-sampling and a window. */
function seenBehind(place: number): Set<number> {
  const seen = new Set<number>()
  for (let second = place; second < place + 3; second++) {
    const pooled = Math.floor(second / 2)
    for (let first = 2 * pooled; first < 2 * pooled + 2; first++)
      for (let pixel = first; pixel < first + 3; pixel++) seen.add(pixel)
  }
  return seen
}

it('undoes the stride of pooling, and lets the receptive field grow as one place after another tells', () => {
  const network = chain(
    ['input', { shape: [40, 40, 1] }],
    ['conv2d', { kernel: [3, 3] }],
    ['max-pooling-2d'],
    ['up-sampling-2d'],
    ['conv2d', { kernel: [3, 3] }],
  )
  const size = Math.max(...Array.from({ length: 20 }, (_unused, place) => seenBehind(place).size))
  expect([...walk(network).values()].at(-1)?.field).toEqual([
    { size, stride: 1 },
    { size, stride: 1 },
  ])
})
