import type { Category } from '../layers/define'
import type { NetworkDocument, NetworkNode, Values } from './document'
import { chain, type ChainStep } from './chain'
import { layerKind } from '../layers/registry'
import { pieceOf, type Piece } from './fragment'
import { moduleTree } from './module-tree'
import { makeModule } from './modules'

/** One layer of a recipe: its kind along one, two and three axes, its first values, and the settings that matter. */
interface RecipeStep {
  readonly kinds: readonly [string, string, string]
  readonly values: (axes: number) => Values
  /** What the module's inspector shows of the layer, in this order. */
  readonly settings: readonly string[]
}

/**
 * A module that the palette offers as if it were a layer: it opens to show its layers. Its texts stand in the message
 * files at `modules.recipes.<name>`: `title`, `help`, and what its layers are called, by `steps.<number>`.
 */
export interface Recipe {
  readonly name: string
  readonly category: Category
  readonly icon: string
  readonly steps: readonly RecipeStep[]
}

const convolutions = ['conv1d', 'conv2d', 'conv3d'] as const

function window(side: number) {
  return (axes: number): Values => ({
    filters: 32,
    kernel: Array.from({ length: axes }, () => side),
    activation: 'relu',
  })
}

const single: RecipeStep = { kinds: convolutions, values: window(1), settings: ['filters', 'activation'] }

/**
 * `mlpconv`: Lin et al., "Network in network", 2013: a small dense network of several layers, moved over the input as a
 * convolution is.
 */
export const recipes: readonly Recipe[] = [
  {
    name: 'mlpconv',
    category: 'convolution',
    icon: 'layers-2',
    steps: [
      {
        kinds: convolutions,
        values: window(3),
        settings: ['filters', 'kernel', 'strides', 'padding', 'activation'],
      },
      single,
      single,
    ],
  },
]

/** The recipe with a name, or undefined for one that this version does not know. */
export function recipe(name: string | undefined): Recipe | undefined {
  return recipes.find((one) => one.name === name)
}

/** A recipe's layers along some axes as steps of a chain; `values` are put over the first values, layer by layer. */
export function recipeSteps({ steps }: Recipe, axes: 1 | 2 | 3, values: readonly Values[] = []): ChainStep[] {
  return steps.map(({ kinds, values: first }, n) => [kinds[axes - 1] ?? kinds[1], { ...first(axes), ...values[n] }])
}

/** A recipe as a closed module of its own, along so many axes. */
export function recipePiece(made: Recipe, axes: 1 | 2 | 3, name: string): Piece {
  const flat = chain(...recipeSteps(made, axes))
  const ids = flat.nodes.map(({ id }) => id)
  const { network } = makeModule(flat, ids, { name, recipe: made.name })
  return pieceOf(network, ids)
}

/** A layer of a module that was made by a recipe, with the settings that matter. */
export interface RecipeLayer {
  readonly node: NetworkNode
  /** Its place in the recipe, from 0. */
  readonly step: number
  readonly settings: readonly string[]
}

/** What a module's inspector shows of its layers at once; undefined where it is not, or no longer, made as its recipe says. */
export function recipeLayers(network: NetworkDocument, id: string): readonly RecipeLayer[] | undefined {
  const { modules, members } = moduleTree(network)
  const made = recipe(modules.get(id)?.recipe)
  const inside = new Set(members.get(id))
  const nodes = network.nodes.filter((node) => inside.has(node.id))
  if (!made || nodes.length !== made.steps.length) return undefined
  const layers = made.steps.flatMap(({ kinds, settings }, step): RecipeLayer[] => {
    const node = nodes[step]
    if (!node || !kinds.includes(node.kind)) return []
    const { params = {} } = layerKind(node.kind) ?? {}
    return [{ node, step, settings: settings.filter((name) => name in params) }]
  })
  return layers.length === nodes.length ? layers : undefined
}
