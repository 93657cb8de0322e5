import * as lucide from '@lucide/vue'
import type { Component } from 'vue'

/** All names, former ones too: lucide renames icons now and then, and keeps the old names as aliases. */
const byName = new Map<string, unknown>(Object.entries(lucide))

/** A lucide icon by its name in kebab case (`grid-3x3`), or undefined where lucide has none of that name. */
export function iconByName(name: string): Component | undefined {
  const parts = name.split('-').map((part) => part.charAt(0).toUpperCase() + part.slice(1))
  const found = byName.get(`Lucide${parts.join('')}`)
  return isComponent(found) ? found : undefined
}

function isComponent(value: unknown): value is Component {
  return typeof value === 'function'
}
