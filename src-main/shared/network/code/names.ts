import type { NetworkNode } from '../document'
import type { CodeStep } from './plan'

/** How a language writes a name of several words. */
export interface NameStyle {
  readonly join: (words: readonly string[]) => string
  /** Words that cannot be names, or that the code uses itself. */
  readonly reserved: ReadonlySet<string>
}

/**
 * A variable's name for each layer: what a person called the layer, else its kind, numbered where several would be called
 * the same. Letters of every alphabet stay as they are: Python and TypeScript both take them.
 */
export function variableNames(nodes: readonly NetworkNode[], style: NameStyle): ReadonlyMap<string, string> {
  const bases = new Map(nodes.map((node) => [node.id, wordsOf(node, style)]))
  const counts = new Map<string, number>()
  for (const words of bases.values()) counts.set(style.join(words), (counts.get(style.join(words)) ?? 0) + 1)
  const used = new Set<string>()
  const next = new Map<string, number>()
  return new Map(
    [...bases].map(([id, words]) => {
      const base = style.join(words)
      let name = base
      if ((counts.get(base) ?? 0) > 1 || used.has(base)) {
        let n = next.get(base) ?? 1
        while (counts.has((name = style.join([...words, String(n)]))) || used.has(name)) n++
        next.set(base, n + 1)
      }
      used.add(name)
      return [id, name]
    }),
  )
}

function wordsOf({ name, kind }: NetworkNode, { join, reserved }: NameStyle): readonly string[] {
  const own = wordsIn(name)
  const words = own.length > 0 ? own : wordsIn(kind)
  const usable = words.length > 0 && /^\p{L}/u.test(words[0] ?? '') ? words : ['layer', ...words]
  return reserved.has(join(usable)) ? [...usable, 'layer'] : usable
}

/** The words of a name, in small letters. */
function wordsIn(name: string): readonly string[] {
  return (
    name
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{Nd}]+/gu) ?? []
  )
}

/** A layer's own name as frameworks take it; undefined where it has none that they take. Spaces become underscores. */
export function layerName({ name }: NetworkNode): string | undefined {
  const plain = name.trim().replace(/\s+/g, '_')
  return /^[A-Za-z0-9.][\w.-]*$/.test(plain) ? plain : undefined
}

/** What Keras calls layers of a class by itself, without the number: `MaxPooling2D` is `max_pooling2d`. */
export function automaticName(className: string): string {
  return className
    .replace(/[^A-Za-z0-9]/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
}

/** A layer that is called by several steps, as if it were a step of its own, for its variable's name. */
function sharedNode({ node }: Pick<CodeStep, 'node'>): NetworkNode {
  return { ...node, id: sharedId(node.id), name: `shared ${node.name || node.kind}` }
}

/** What stands for that layer among the variables' names; no node's id has a space. */
export function sharedId(maker: string): string {
  return `${maker} shared`
}

/** The variables' names for all steps, and for the layers that several of them call. */
export function namesOfVariables(steps: readonly CodeStep[], style: NameStyle): ReadonlyMap<string, string> {
  const makers = steps.filter(({ node, shared }) => shared === node.id)
  return variableNames([...steps.map(({ node }) => node), ...makers.map(sharedNode)], style)
}

/** The variables of some steps, as Python and TypeScript alike write them: one by itself, several as a list. */
export function listOf(ids: readonly string[], variables: ReadonlyMap<string, string>): string {
  const all = ids.map((id) => variables.get(id) ?? id)
  return all.length === 1 ? (all[0] ?? '') : `[${all.join(', ')}]`
}

/**
 * The names that layers are given in the code: each at most once, and none that a framework gives by itself, but for
 * layers of several pieces, which must have a name.
 */
export function layerNamesIn<Step extends Pick<CodeStep, 'node' | 'keras' | 'shared'>>(
  steps: readonly Step[],
  inSeveral: (step: Step) => boolean = () => false,
): ReadonlyMap<string, string> {
  const names = givenNames(steps)
  const counts = new Map<string, number>()
  for (const { keras } of steps) counts.set(keras?.className ?? '', (counts.get(keras?.className ?? '') ?? 0) + 1)
  const nameless = steps.filter((step) => !names.has(step.node.id) && inSeveral(step))
  // Frameworks count the others from none on.
  const numbered = nameless.map(({ node, keras }, n): [string, string] => {
    const { className = '' } = keras ?? {}
    return [node.id, `${automaticName(className)}_${(counts.get(className) ?? 0) + n}`]
  })
  return new Map([...names, ...numbered])
}

function givenNames(steps: readonly Pick<CodeStep, 'node' | 'keras' | 'shared'>[]): ReadonlyMap<string, string> {
  const automatic = new Set(['input_layer', ...steps.map(({ keras }) => automaticName(keras?.className ?? 'Input'))])
  const used = new Set<string>()
  return new Map(
    steps.flatMap(({ node, shared }): [string, string][] => {
      const name = shared === undefined || shared === node.id ? layerName(node) : undefined
      if (name === undefined || used.has(name) || automatic.has(name.replace(/_?\d+$/, ''))) return []
      used.add(name)
      return [[node.id, name]]
    }),
  )
}
