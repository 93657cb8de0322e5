import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import { itemsIn, type Box, type Cells } from './band-items'

/** `alone`: in place of what was selected; `add`: besides it; `toggle`: those that were selected not any more. */
export type BandHow = 'alone' | 'add' | 'toggle'

/** Items that a rubber band touches. Until it is let go, all may still change; `cancelled`: nothing was meant. */
export interface BandNews {
  readonly items: readonly number[]
  /** The item next to the pointer; null: none is touched. */
  readonly nearest: number | null
  readonly how: BandHow
  readonly state: 'drawn' | 'done' | 'cancelled'
}

/** So far the pointer has to go before a press is a band and no click. */
const threshold = 4
/** Within so many pixels of the edge the grid scrolls, the faster the further out the pointer is. */
const edge = 24

interface Press {
  readonly pointer: number
  readonly how: BandHow
  /** Where it began, in the content. */
  readonly x: number
  readonly y: number
  /** Where the pointer is, in the window. */
  clientX: number
  clientY: number
  drawn: boolean
}

/**
 * A rectangle that is drawn with the mouse from an empty place of a scrolling grid, and selects what it touches. At the
 * edges the grid scrolls along; Escape gives it up.
 */
export function useRubberBand(
  host: Readonly<ShallowRef<HTMLElement | null>>,
  cells: () => Cells,
  news: (band: BandNews) => void,
) {
  const box = shallowRef<Box | null>(null)
  let press: Press | undefined
  let frame = 0
  /** How far the grid was scrolled when the band was drawn last. */
  let drawnAt = 0

  function start(event: PointerEvent): void {
    const element = host.value
    // A finger scrolls. What lies right of the content is the scroll bar.
    if (!element || press || event.button !== 0 || event.pointerType === 'touch') return
    const { left, top } = element.getBoundingClientRect()
    const x = event.clientX - left - element.clientLeft
    if (x >= element.clientWidth) return
    if (event.target instanceof Element && event.target.closest('[data-index]')) return
    const how = event.shiftKey ? 'add' : event.ctrlKey || event.metaKey ? 'toggle' : 'alone'
    const y = event.clientY - top - element.clientTop + element.scrollTop
    const { clientX, clientY, pointerId: pointer } = event
    press = { pointer, how, x, y, clientX, clientY, drawn: false }
    element.setPointerCapture(pointer)
    element.focus({ preventScroll: true })
    window.addEventListener('keydown', escape, true)
    event.preventDefault()
  }

  function move(event: PointerEvent): void {
    if (!press || event.pointerId !== press.pointer) return
    press.clientX = event.clientX
    press.clientY = event.clientY
    if (!press.drawn && reach(press) < threshold) return
    press.drawn = true
    draw()
    if (frame === 0) frame = requestAnimationFrame(scroll)
  }

  /** How far the pointer is from where it began; the grid does not scroll before there is a band. */
  function reach({ x, y, clientX, clientY }: Press): number {
    const at = inContent(clientX, clientY)
    return Math.hypot(at.x - x, at.y - y)
  }

  function inContent(clientX: number, clientY: number): { x: number; y: number } {
    const element = host.value
    if (!element) return { x: 0, y: 0 }
    const { left, top } = element.getBoundingClientRect()
    const within = (at: number, most: number) => Math.min(most, Math.max(0, at))
    return {
      x: within(clientX - left - element.clientLeft, element.clientWidth),
      y: within(clientY - top - element.clientTop, element.clientHeight) + element.scrollTop,
    }
  }

  function draw(): void {
    if (!press) return
    const { x, y } = inContent(press.clientX, press.clientY)
    drawnAt = host.value?.scrollTop ?? 0
    box.value = {
      left: Math.min(x, press.x),
      right: Math.max(x, press.x),
      top: Math.min(y, press.y),
      bottom: Math.max(y, press.y),
    }
    tell('drawn')
  }

  function tell(state: BandNews['state']): void {
    if (!press) return
    const items = box.value ? itemsIn(box.value, cells()) : []
    const down = inContent(press.clientX, press.clientY).y >= press.y
    news({ items, nearest: (down ? items.at(-1) : items[0]) ?? null, how: press.how, state })
  }

  /** Goes on for as long as there is a band: the pointer may rest at the edge, and the wheel may be turned. */
  function scroll(): void {
    frame = 0
    const element = host.value
    if (!element || !press?.drawn) return
    const { top, bottom } = element.getBoundingClientRect()
    const beyond = Math.min(0, press.clientY - top - edge) + Math.max(0, press.clientY - bottom + edge)
    if (beyond !== 0) element.scrollTop += Math.sign(beyond) * Math.min(60, Math.ceil(Math.abs(beyond) / 2))
    if (element.scrollTop !== drawnAt) draw()
    frame = requestAnimationFrame(scroll)
  }

  function end(event: PointerEvent): void {
    if (press && event.pointerId === press.pointer) finish(event.type === 'pointerup' ? 'done' : 'cancelled')
  }

  function escape(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    event.preventDefault()
    finish('cancelled')
  }

  function finish(state: 'done' | 'cancelled'): void {
    if (!press) return
    tell(state)
    const { pointer } = press
    press = undefined
    box.value = null
    cancelAnimationFrame(frame)
    frame = 0
    window.removeEventListener('keydown', escape, true)
    if (host.value?.hasPointerCapture(pointer)) host.value.releasePointerCapture(pointer)
  }

  onScopeDispose(() => finish('cancelled'))
  return { box, start, move, end }
}
