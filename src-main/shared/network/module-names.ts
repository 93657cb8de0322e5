import type { NetworkDocument } from './document'
import { moduleTree } from './module-tree'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** The first name that no module has: A to Z, then A2 to Z2 and so on. */
export function freeModuleName({ modules = [] }: NetworkDocument): string {
  const used = new Set(modules.map(({ name }) => name))
  for (let round = 1; ; round++)
    for (const letter of letters) {
      const name = round === 1 ? letter : `${letter}${round}`
      if (!used.has(name)) return name
    }
}

/** All uses of the module that one is a use of, itself included: those of the same name, in document order. */
export function usesOf({ modules = [] }: NetworkDocument, id: string): string[] {
  const name = modules.find((module) => module.id === id)?.name
  return modules.filter((module) => module.name === name).map((module) => module.id)
}

/** What a module is made of, as a text to be compared: the kinds of its layers and the wires among them. */
export function formOf(network: NetworkDocument, id: string): string {
  const members = moduleTree(network).members.get(id) ?? []
  const places = new Map(members.map((node, n) => [node, n]))
  const kinds = network.nodes.flatMap(({ id: node, kind }) => (places.has(node) ? [kind] : []))
  const wires = network.wires.flatMap(({ from, to, input }) => {
    const [source, target] = [places.get(from), places.get(to)]
    return source === undefined || target === undefined ? [] : [`${source} ${target} ${input}`]
  })
  return JSON.stringify([kinds, wires.sort()])
}

/** Which layer of one module is which of another; undefined where they are not made of the same. */
export function counterparts(
  network: NetworkDocument,
  one: string,
  other: string,
): ReadonlyMap<string, string> | undefined {
  if (formOf(network, one) !== formOf(network, other)) return undefined
  const { members } = moduleTree(network)
  const theirs = members.get(other) ?? []
  return new Map((members.get(one) ?? []).map((id, n) => [id, theirs[n] ?? '']))
}

/** A name that no module has: the wished one, else with the first free number behind it. */
export function freeName({ modules = [] }: NetworkDocument, wish: string): string {
  const used = new Set(modules.map(({ name }) => name))
  for (let n = 1; ; n++) {
    const name = n === 1 ? wish : `${wish} ${n}`
    if (!used.has(name)) return name
  }
}
