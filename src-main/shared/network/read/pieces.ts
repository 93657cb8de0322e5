import type { ReadLayer } from './model-json'

/** The names that written code gives to layers beside the one whose part they are (code/pieces.ts). */
const marked = /^(.*)\.(before|after)\.(\d+)$/s

interface Mark {
  readonly stem: string
  readonly side: string
  readonly place: number
}

function markOf({ name }: ReadLayer): Mark | undefined {
  const [, stem = '', side = '', place = ''] = marked.exec(name) ?? []
  return side === '' ? undefined : { stem, side, place: Number(place) }
}

/**
 * The layers with those put together that stand for one: it takes the place of all of them, and its settings tell under
 * `before` and `after` what stood beside it. A row with a gap, or with a branch in it, is left as it is.
 */
export function rejoined(layers: readonly ReadLayer[]): readonly ReadLayer[] {
  if (!layers.some(markOf)) return layers
  const byKey = new Map(layers.map((layer) => [layer.key, layer]))
  const users = new Map<string, ReadLayer[]>()
  for (const layer of layers) for (const key of layer.sources) users.set(key, [...(users.get(key) ?? []), layer])
  const next = (layer: ReadLayer, side: 'before' | 'after'): ReadLayer | undefined => {
    const source = layer.sources.length === 1 ? byKey.get(layer.sources[0] ?? '') : undefined
    const found = side === 'before' ? source : users.get(layer.key)?.[0]
    const [fed, feeding] = side === 'before' ? [layer, found] : [found, layer]
    const alone = users.get(feeding?.key ?? '')?.length === 1 && fed?.sources.length === 1
    return alone && found && markOf(found)?.side === side ? found : undefined
  }
  const gone = new Set<string>()
  const whole = layers.map((layer): ReadLayer => {
    if (markOf(layer)) return layer
    const [before, after] = [row(layer, 'before', next).reverse(), row(layer, 'after', next)]
    if (!isWhole(before, layer) || !isWhole(after, layer) || before.length + after.length === 0) return layer
    for (const { key } of [...before, ...after]) gone.add(key)
    return {
      ...layer,
      key: after.at(-1)?.key ?? layer.key,
      sources: before[0]?.sources ?? layer.sources,
      config: {
        ...layer.config,
        ...(before[0] ? { before: before.map(asSetting) } : {}),
        ...(after[0] ? { after: after.map(asSetting) } : {}),
      },
    }
  })
  return whole.filter(({ key }, n) => !gone.has(layers[n]?.key ?? key))
}

/** The marked layers on one side, from the layer itself on. */
function row(
  layer: ReadLayer,
  side: 'before' | 'after',
  next: (layer: ReadLayer, side: 'before' | 'after') => ReadLayer | undefined,
): ReadLayer[] {
  const found: ReadLayer[] = []
  for (let at = next(layer, side); at && !found.includes(at); at = next(at, side)) found.push(at)
  return found
}

/** Whether a row has no gap and is named after its layer; where a layer is called several times, after one of its calls. */
function isWhole(row: readonly ReadLayer[], { name, shared }: ReadLayer): boolean {
  const marks = row.map(markOf)
  const stem = shared === undefined ? name : marks[0]?.stem
  return marks.every((mark, n) => mark?.place === n && mark.stem === stem)
}

function asSetting({ className, config: { name: _name, ...config } }: ReadLayer): {
  class_name: string
  config: object
} {
  return { class_name: className, config }
}
