import { expect, type Locator, type Page } from '@playwright/test'

/** The workspace in which a network is drawn. */
export class DesignPage {
  readonly main: Locator
  readonly canvas: Locator
  readonly palette: Locator
  readonly outline: Locator
  readonly inspector: Locator
  readonly tools: Locator

  constructor(readonly page: Page) {
    this.main = page.getByRole('main', { name: 'Design' })
    this.canvas = this.main.getByRole('group', { name: /^Network\./ })
    this.palette = this.main.getByRole('listbox', { name: 'Layers to add' })
    this.outline = this.main.getByRole('tree', { name: 'Layers from input to output' })
    this.inspector = page.locator('#inspector')
    this.tools = this.main.getByRole('toolbar', { name: 'View and history' })
  }

  /** All cards on the canvas; the frames of open modules are none. */
  get cards(): Locator {
    return this.canvas.locator('.vue-flow__node:not(.vue-flow__node-frame)')
  }

  /** The card of a layer by its name: `Dense (2)`. */
  card(name: string): Locator {
    return this.canvas.getByRole('button', { name: new RegExp(`^${escaped(name)}, `) })
  }

  kind(title: string): Locator {
    return this.palette.getByRole('option', { name: new RegExp(`^${escaped(title)}\\. `) })
  }

  wire(from: string, to: string): Locator {
    return this.canvas.locator(`.vue-flow__edge[aria-label="${from} → ${to}"]`)
  }

  /** Waits until the network is on the canvas, which opens empty and fills a moment later. */
  async isDrawn(): Promise<void> {
    await expect(this.cards.first()).toBeVisible()
  }

  /** Drags a kind from the palette onto the wire between two layers, so that it goes in between. */
  async dragOntoWire(title: string, from: string, to: string): Promise<void> {
    await this.isDrawn()
    await this.dragTo(title, await middle(this.wire(from, to).locator('.wire__line')))
  }

  /** Drags a kind from the palette to a point of the window and lets go there. */
  async dragTo(title: string, target: { readonly x: number; readonly y: number }): Promise<void> {
    const before = await this.cards.count()
    await this.dragItem(title, target)
    await expect(this.cards).toHaveCount(before + 1)
  }

  /** Drags an entry of the palette to a point of the window; what comes of it is for the test to see. */
  async dragItem(title: string, target: { readonly x: number; readonly y: number }): Promise<void> {
    await this.kind(title).scrollIntoViewIfNeeded()
    const source = await middle(this.kind(title))
    await this.page.mouse.move(source.x, source.y)
    await this.page.mouse.down()
    await this.page.mouse.move(source.x + 12, source.y + 12, { steps: 4 })
    await this.page.mouse.move(target.x, target.y, { steps: 12 })
    await this.page.mouse.up()
  }

  /** The middle of the wire between two layers. */
  async placeOnWire(from: string, to: string): Promise<{ x: number; y: number }> {
    return middle(this.wire(from, to).locator('.wire__line'))
  }

  /** Drags a kind from the palette close below a card, so that it goes behind it. */
  async dragBelow(title: string, above: string): Promise<void> {
    const { x, y, height } = await boxOf(this.card(above))
    await this.dragTo(title, { x, y: y + height })
  }

  /** Draws a wire from one card to an input port of another, counted from 0. */
  async drawWire(from: string, to: string, input: number): Promise<void> {
    const source = await middle(this.card(from).locator('.vue-flow__handle.source'))
    const target = await middle(this.card(to).locator('.vue-flow__handle.target').nth(input))
    await this.page.mouse.move(source.x, source.y)
    await this.page.mouse.down()
    await this.page.mouse.move(target.x, target.y, { steps: 12 })
    await this.page.mouse.up()
    await expect(this.wire(from, to)).toHaveCount(1)
  }

  /** Double-clicks the wire between two layers and types what is to be put there. */
  async typeOntoWire(title: string, from: string, to: string): Promise<void> {
    const target = await middle(this.wire(from, to).locator('.wire__line'))
    await this.page.mouse.dblclick(target.x, target.y)
    const field = this.canvas.getByRole('combobox', { name: 'Layer to put in between' })
    await field.fill(title)
    await field.press('Enter')
    await expect(field).toHaveCount(0)
  }

  async select(name: string): Promise<void> {
    await this.card(name).click()
    await expect(this.card(name)).toHaveAttribute('aria-pressed', 'true')
  }

  /** Types a setting of the selected layer, as a person does. */
  async set(label: string, value: number): Promise<void> {
    const field = this.inspector.getByRole('spinbutton', { name: label, exact: true })
    await field.fill(String(value))
    await field.press('Enter')
  }

  /** The problems that the inspector tells of, each with the button that mends it. */
  get problems(): Locator {
    return this.inspector.getByRole('listitem').filter({ has: this.page.locator('.problems__words') })
  }

  async undo(): Promise<void> {
    await this.tools.getByRole('button', { name: /^Undo:/ }).click()
  }

  async redo(): Promise<void> {
    await this.tools.getByRole('button', { name: /^Redo:/ }).click()
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** The middle of what stands still. */
async function middle(locator: Locator): Promise<{ x: number; y: number }> {
  const { x, y } = await boxOf(locator)
  return { x, y }
}

/** The middle and the height of what stands still: a canvas that is just being shown whole still moves. */
async function boxOf(locator: Locator): Promise<{ x: number; y: number; height: number }> {
  const handle = await locator.elementHandle()
  await handle?.waitForElementState('stable')
  const box = await handle?.boundingBox()
  if (!box) throw new Error('There is nothing to take hold of')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, height: box.height }
}
