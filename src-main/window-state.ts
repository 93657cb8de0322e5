import { z } from 'zod'

const Bounds = z.object({ x: z.int().optional(), y: z.int().optional(), width: z.int().min(1), height: z.int().min(1) })

/** Where the window was, and whether it filled the screen. */
export const WindowState = z.object({ bounds: Bounds, maximized: z.boolean() })
export type WindowState = z.output<typeof WindowState>

export const initialWindow: WindowState = { bounds: { width: 1440, height: 900 }, maximized: false }

export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/**
 * The state as the present screens allow it: a window that would lie where no screen is any more (its title bar could
 * not be reached) is centred by the system, one that is larger than its screen is made to fit.
 */
export function fitWindow(state: WindowState, workAreas: readonly Rectangle[]): WindowState {
  const { x, y, width, height } = state.bounds
  const home =
    x === undefined || y === undefined
      ? undefined
      : workAreas.find((area) => overlap(area, { x, y, width, height: titleHeight }) >= reachable)
  const area = home ?? workAreas[0]
  if (!area) return state
  const size = { width: Math.min(width, area.width), height: Math.min(height, area.height) }
  return { ...state, bounds: home ? { x, y, ...size } : size }
}

const titleHeight = 32
/** So many pixels of the title bar must be on a screen. */
const reachable = 100 * 16

function overlap(one: Rectangle, other: Rectangle): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  return width > 0 && height > 0 ? width * height : 0
}
