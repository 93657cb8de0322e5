import type { Locator, Page } from '@playwright/test'

/**
 * Drops files from the disk onto an element, as the system's file manager does: the page sees real files with paths,
 * which no script could make up.
 */
export async function dropFiles(page: Page, target: Locator, paths: readonly string[]): Promise<void> {
  const box = await target.boundingBox()
  if (!box) throw new Error('There is nothing to drop the files on')
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [...paths], dragOperationsMask: 1 }
  const place = { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2), data }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...place })
  }
  await session.detach()
}
