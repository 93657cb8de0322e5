import { describe, expect, it } from 'vitest'
import { chain } from '@shared/network/chain'
import { emptyNetwork } from '@shared/network/document'
import { moveNodes } from '@shared/network/edit'
import { boundsOf } from './geometry'
import { mapSize, placeOnMap, viewAround, viewOnMap } from './map-geometry'

const two = chain(['input'], ['flatten'])
const placed = (x: number, y: number) => moveNodes(two, new Map([['flatten-1', { x, y }]]))

describe('a network on the map', () => {
  it.each([
    ['high', placed(0, 9000)],
    ['wide', placed(12_000, 50)],
    ['small', placed(0, 104)],
    ['far from the origin', moveNodes(two, new Map(two.nodes.map(({ id }, n) => [id, { x: -5e4, y: 7e4 + 99 * n }])))],
  ])('that is %s lies within it, in its middle', (_what, network) => {
    const bounds = boundsOf(network)!
    const { scale, left, top } = placeOnMap(network)!
    const [x0, x1] = [bounds.x, bounds.x + bounds.width].map((x) => x * scale + left)
    const [y0, y1] = [bounds.y, bounds.y + bounds.height].map((y) => y * scale + top)
    expect(Math.min(x0!, y0!)).toBeGreaterThanOrEqual(0)
    expect(x0! + x1!).toBeCloseTo(mapSize.width, 6)
    expect(y0! + y1!).toBeCloseTo(mapSize.height, 6)
    expect(x1!).toBeLessThanOrEqual(mapSize.width)
    expect(y1!).toBeLessThanOrEqual(mapSize.height)
  })

  it('is nowhere when there is none', () => expect(placeOnMap(emptyNetwork)).toBeUndefined())
})

it('a click on the map brings that point into the middle of what is on screen', () => {
  const place = placeOnMap(placed(300, 9000))!
  const screen = { width: 800, height: 600 }
  for (const zoom of [0.15, 1, 2]) {
    const view = viewAround(place, { x: 40, y: 70 }, { x: 5, y: 5, zoom }, screen)
    const box = viewOnMap(place, view, screen)
    expect(view.zoom).toBe(zoom)
    expect(box.left + box.width / 2).toBeCloseTo(40, 6)
    expect(box.top + box.height / 2).toBeCloseTo(70, 6)
    expect(box.width / box.height).toBeCloseTo(800 / 600, 6)
  }
})
