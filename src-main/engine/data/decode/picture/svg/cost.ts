import { Refusal } from '../../contract'
import { stylesIn, tagsIn, type Tag } from './tags'

/**
 * What drawing an element takes: how many elements it is when all that it reuses is copied, and how many times the whole
 * picture has to be gone over for it.
 */
interface Cost {
  readonly elements: number
  readonly layers: number
}

interface Element {
  readonly tag: Tag
  readonly children: Element[]
  /** The parts of the drawing that it reuses, by their ids. */
  readonly uses: readonly string[]
  readonly layers: number
}

/** So much of each takes a few seconds. Deeper nesting than this makes the decoder end with the whole process. */
const most = { elements: 10_000, layers: 200, depth: 256 }

/** Filters whose time does not depend on numbers in the drawing, with how many layers each counts for. */
const filters = new Map([
  ['feGaussianBlur', 5],
  ['feDropShadow', 5],
  ['feOffset', 2],
  ['feBlend', 2],
  ['feColorMatrix', 2],
  ['feComposite', 2],
  ['feFlood', 2],
  ['feMerge', 2],
  ['feComponentTransfer', 2],
])
const filterParts = /^feMergeNode$|^feFunc[RGBA]$/

/** Refuses a drawing that would take far longer than it looks: copies of copies, layers on layers, endless filters. */
export function checkCost(text: string): void {
  const ids = new Map<string, Element>()
  const root = readElements(text, ids)
  const known = new Map<Element, Cost>()
  const costOf = (element: Element): Cost => {
    const before = known.get(element)
    if (before) return before
    // What reuses itself is the decoder's to refuse.
    known.set(element, { elements: 1, layers: 0 })
    let [elements, layers] = [1, element.layers]
    const targets = element.uses.flatMap((id) => ids.get(id) ?? []).filter(({ tag }) => !/Gradient$/.test(tag.name))
    for (const part of [...element.children, ...targets]) {
      const cost = costOf(part)
      elements += cost.elements
      layers += cost.layers
    }
    if (elements > most.elements || layers > most.layers) throw tooComplex()
    const cost = { elements, layers }
    known.set(element, cost)
    return cost
  }
  costOf(root)
}

function readElements(text: string, ids: Map<string, Element>): Element {
  const rules = rulesOf(stylesIn(text))
  const root = elementOf({ name: '', kind: 'open', attributes: [] }, rules)
  const open = [root]
  for (const tag of tagsIn(text)) {
    if (tag.kind === 'close') {
      if (open.length > 1) open.pop()
      continue
    }
    const element = elementOf(tag, rules)
    open.at(-1)?.children.push(element)
    const id = valueOf(tag, 'id')
    if (id !== undefined) ids.set(id, element)
    if (tag.kind === 'open') open.push(element)
    if (open.length > most.depth) throw tooComplex()
  }
  return root
}

interface Rule {
  readonly selector: string
  readonly body: string
}

function rulesOf(styles: string): Rule[] {
  return [...styles.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selectors = '', body = '']) =>
    selectors.split(',').map((selector) => ({ selector: selector.trim(), body })),
  )
}

/** Whether a rule may mean an element: of anything but a class, an id or a name it is taken for granted. */
function mayMean({ selector }: Rule, tag: Tag, classes: readonly string[]): boolean {
  if (/^\.[\w-]+$/.test(selector)) return classes.includes(selector.slice(1))
  if (/^#[\w-]+$/.test(selector)) return valueOf(tag, 'id') === selector.slice(1)
  return /^[a-z]+$/i.test(selector) ? tag.name === selector : true
}

function elementOf(tag: Tag, rules: readonly Rule[]): Element {
  const classes = (valueOf(tag, 'class') ?? '').split(/\s+/)
  const styles = rules.filter((rule) => mayMean(rule, tag, classes)).map(({ body }) => body)
  const attributes = tag.attributes.map(([name, value]) => `${name}:${value}`)
  const said = [...attributes, ...styles].join(';')
  const links = tag.name === 'a' ? [] : [...said.matchAll(/(?:^|;)href:\s*#([^;]*)/g)]
  const uses = [...links, ...said.matchAll(/url\s*\(\s*["']?#([^"')]*)/g)].map(([, id = '']) => id.trim())
  return { tag, children: [], uses, layers: layersOf(tag, said) }
}

function layersOf({ name }: Tag, said: string): number {
  if (/^fe[A-Z]/.test(name) && !filterParts.test(name)) {
    const layers = filters.get(name)
    if (layers === undefined) throw new Refusal('svg-filter', { name })
    return layers
  }
  const effects = said.match(/(?:^|;|\s)(mask|filter|clip-path|opacity|mix-blend-mode|isolation)\s*:/g) ?? []
  return effects.length
}

function valueOf({ attributes }: Tag, name: string): string | undefined {
  return attributes.find(([key]) => key === name)?.[1]
}

function tooComplex(): Refusal {
  return new Refusal('svg-too-complex')
}
