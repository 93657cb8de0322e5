import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/**
 * What is wrong with the layout now: a page that scrolls sideways, words of controls, headings and labels that are cut
 * off or stand outside the window, and words that lie over others. Names that a person gives may be cut with an
 * ellipsis; the kit marks them with `pw-clip`.
 */
export async function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = []
    const words = (text: string | null) => (text ?? '').replace(/\s+/g, ' ').trim().slice(0, 60)
    // What an open dialog covers is looked at without the dialog; it marks that with data-aria-hidden, all but what is
    // read aloud when it changes.
    const covered = document.querySelector('.pw-dialog') ? ', [aria-live]' : ''
    const isAside = (element: Element) =>
      element.closest(`.pw-hidden, .vue-flow, .pw-tooltip, [data-aria-hidden]${covered}`) !== null

    function checkPage(): void {
      const { scrollWidth, clientWidth } = document.documentElement
      if (scrollWidth > clientWidth) faults.push(`the page is ${scrollWidth - clientWidth} px too wide`)
    }

    function checkCuts(): void {
      const roles = ['tab', 'radio', 'option', 'columnheader'].map((role) => `[role="${role}"]`)
      const labelled = ['button', 'label', 'h1', 'h2', 'h3', 'th', 'dt', 'legend', ...roles].join()
      for (const element of document.querySelectorAll<HTMLElement>(labelled)) {
        const box = element.getBoundingClientRect()
        if (box.width === 0 || box.height === 0 || isAside(element) || !words(element.textContent)) continue
        if (box.right > innerWidth + 1 || box.left < -1)
          faults.push(`outside the window: ${words(element.textContent)}`)
        for (const part of [element, ...element.querySelectorAll<HTMLElement>('*')]) {
          if (isAside(part) || part.closest('svg')) continue
          const cuts = getComputedStyle(part).overflowX !== 'visible'
          if (cuts && part.scrollWidth > part.clientWidth + 1) faults.push(`cut off: ${words(part.textContent)}`)
        }
      }
    }

    /** What is seen of a piece of text: its box, cut by everything around it that cuts. */
    function seen(text: Text): DOMRect | null {
      const range = document.createRange()
      range.selectNodeContents(text)
      let { left, right, top, bottom } = range.getBoundingClientRect()
      for (let around = text.parentElement; around; around = around.parentElement) {
        const style = getComputedStyle(around)
        if (style.visibility === 'hidden' || style.opacity === '0') return null
        if (style.overflow === 'visible') continue
        const box = around.getBoundingClientRect()
        left = Math.max(left, box.left)
        right = Math.min(right, box.right)
        top = Math.max(top, box.top)
        bottom = Math.min(bottom, box.bottom)
      }
      return right - left > 1 && bottom - top > 1 ? new DOMRect(left, top, right - left, bottom - top) : null
    }

    function checkOverlaps(): void {
      const texts: { text: Text; box: DOMRect }[] = []
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!(node instanceof Text) || !node.parentElement || !words(node.data) || isAside(node.parentElement)) continue
        const box = seen(node)
        if (box) texts.push({ text: node, box })
      }
      for (const [place, one] of texts.entries()) {
        for (const other of texts.slice(place + 1)) {
          const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
          const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
          // Lines of one paragraph touch; a letter that lies over another does more than that.
          if (across > 2 && down > 6) faults.push(`“${words(one.text.data)}” lies over “${words(other.text.data)}”`)
        }
      }
    }

    checkPage()
    checkCuts()
    checkOverlaps()
    return [...new Set(faults)]
  })
}

/** Serious and critical violations that axe finds, each with where. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
    )
}
