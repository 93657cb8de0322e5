import { describe, expect, it } from 'vitest'
import { addAt } from '@shared/network/arrange'
import { emptyNetwork, type NetworkDocument } from '@shared/network/document'
import { connect } from '@shared/network/edit'
import { withSelected } from './use-canvas-drop'
import { cardsWithin } from './use-visible'

/** Four cards below each other, 200 apart, with a wire from the first to the last alone. */
const column = connect(
  [0, 200, 400, 600].reduce<NetworkDocument>((next, y) => addAt(next, 'dense', { x: 0, y }).network, emptyNetwork),
  'dense-1',
  'dense-4',
)

describe('the cards that are on the canvas', () => {
  it.each<[string, [left: number, top: number, right: number, bottom: number], string[]]>([
    ['everything', [-10, -10, 200, 700], ['dense-1', 'dense-2', 'dense-3', 'dense-4']],
    ['a card, with the ends of the wire that runs by', [-10, 190, 200, 300], ['dense-1', 'dense-2', 'dense-4']],
    ['a wire alone', [-10, 300, 200, 350], ['dense-1', 'dense-4']],
    ['the edge of a card', [160, 60, 400, 190], ['dense-1', 'dense-4']],
    ['nothing', [300, 0, 400, 700], []],
  ])('are those in %s', (_what, [left, top, right, bottom], expected) => {
    expect([...cardsWithin(column, { left, top, right, bottom })].sort()).toEqual(expected)
  })
})

describe('what is dragged', () => {
  const to = (...places: [string, number, number][]) => new Map(places.map(([id, x, y]) => [id, { x, y }]))

  it.each<[string, string[], [string, number, number][], [string, number, number][]]>([
    [
      'takes the rest of the selection along',
      ['dense-1', 'dense-2', 'dense-4'],
      [['dense-2', 30, 190]],
      [
        ['dense-2', 30, 190],
        ['dense-1', 30, -10],
        ['dense-4', 30, 590],
      ],
    ],
    ['goes alone where it is not selected', ['dense-1'], [['dense-2', 30, 190]], [['dense-2', 30, 190]]],
    ['is nothing where nothing was', ['dense-1'], [], []],
    ['is let go where it is gone', ['dense-9'], [['dense-9', 1, 1]], [['dense-9', 1, 1]]],
  ])('%s', (_what, selection, dragged, expected) =>
    expect(withSelected(column, selection, to(...dragged))).toEqual(to(...expected)),
  )
})
