import { icons } from '@lucide/vue'
import type { Component } from 'vue'

const byName = new Map<string, Component>(Object.entries(icons))

/** A lucide icon by its name in kebab case (`grid-3x3`), or undefined where lucide has none of that name. */
export function iconByName(name: string): Component | undefined {
  const parts = name.split('-').map((part) => part.charAt(0).toUpperCase() + part.slice(1))
  return byName.get(parts.join(''))
}
