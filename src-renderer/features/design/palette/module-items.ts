import type { NetworkDocument } from '@shared/network/document'

/** What the palette has besides kinds of layers: recipes, modules of this project, and those kept for all projects. */
export interface ModuleItem {
  readonly from: 'recipe' | 'project' | 'kept'
  readonly name: string
}

/** An item as the palette and a drag name it. No kind of layer has a space in its name. */
export function itemId({ from, name }: ModuleItem): string {
  return `${from} ${name}`
}

/** The module that an entry of the palette means; undefined for a kind of layer. */
export function moduleItem(id: string): ModuleItem | undefined {
  const [, from, name = ''] = /^(recipe|project|kept) (.+)$/s.exec(id) ?? []
  return from === 'recipe' || from === 'project' || from === 'kept' ? { from, name } : undefined
}

/** The modules of a network by name, in document order. */
export function moduleNames({ modules = [] }: NetworkDocument): string[] {
  return [...new Set(modules.map(({ name }) => name))]
}
