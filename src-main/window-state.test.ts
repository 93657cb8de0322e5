import { describe, expect, it } from 'vitest'
import { fitWindow, initialWindow, WindowState } from './window-state'

const screen = { x: 0, y: 25, width: 1920, height: 1055 }
const right = { x: 1920, y: 0, width: 2560, height: 1440 }

describe('fitting a window to the screens', () => {
  it.each([
    ['as it was', { x: 100, y: 100, width: 1200, height: 800 }, [screen], { x: 100, y: 100, width: 1200, height: 800 }],
    [
      'on a second screen',
      { x: 2000, y: 50, width: 1200, height: 800 },
      [screen, right],
      { x: 2000, y: 50, width: 1200, height: 800 },
    ],
    ['on a screen that is gone', { x: 2000, y: 50, width: 1200, height: 800 }, [screen], { width: 1200, height: 800 }],
    [
      'larger than its screen',
      { x: 0, y: 25, width: 3000, height: 2000 },
      [screen],
      { x: 0, y: 25, width: 1920, height: 1055 },
    ],
    [
      'with its title above the screen',
      { x: 100, y: -100, width: 1200, height: 800 },
      [screen],
      { width: 1200, height: 800 },
    ],
    ['all but out at the right', { x: 1910, y: 100, width: 1200, height: 800 }, [screen], { width: 1200, height: 800 }],
    [
      'partly out at the left',
      { x: -600, y: 100, width: 1200, height: 800 },
      [screen],
      { x: -600, y: 100, width: 1200, height: 800 },
    ],
    ['never placed', { width: 1440, height: 900 }, [screen], { width: 1440, height: 900 }],
    [
      'never placed, on a small screen',
      { width: 1440, height: 900 },
      [{ ...screen, width: 1280, height: 720 }],
      { width: 1280, height: 720 },
    ],
    ['with no screen at all', { x: 1, y: 2, width: 3, height: 4 }, [], { x: 1, y: 2, width: 3, height: 4 }],
  ])('%s', (_what, bounds, screens, expected) => {
    expect(fitWindow({ bounds, maximized: true }, screens)).toEqual({ bounds: expected, maximized: true })
  })
})

it('the schema of a window takes its first state and refuses sizes that are none', () => {
  expect(WindowState.safeParse(initialWindow).success).toBe(true)
  for (const bounds of [{ width: 0, height: 900 }, { width: 1.5, height: 900 }, { width: 900 }, {}])
    expect(WindowState.safeParse({ bounds, maximized: false }).success).toBe(false)
})
