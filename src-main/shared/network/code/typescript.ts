import { inKeras } from '../../layers/keras-layer'
import type { NetworkDocument } from '../document'
import type { Translate } from '../names'
import type { NodeFacts } from '../walk'
import { ownClasses } from './classes/registry'
import { isDefault } from './defaults'
import { tfjsLosses } from './losses'
import { layerNamesIn, listOf, namesOfVariables, type NameStyle } from './names'
import { notes, oneLine } from './notes'
import { planCode, type CodeLine, type CodePlan, type CodeStep } from './plan'
import { makingOnce } from './shared'
import type { Marked } from './pieces'
import { classesOf, tfjsForm, tfjsHasClass, type TfjsPiece } from './tfjs-form'

const typescript: NameStyle = {
  join: ([first = '', ...others]) =>
    first + others.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(''),
  reserved: new Set(
    (
      'abstract arguments as async await boolean break case catch class const continue debugger declare default delete ' +
      'do else enum eval export extends false finally for from function get if implements import in instanceof interface ' +
      'is let module new null number object of package private protected public readonly require return set static ' +
      'string super switch symbol this throw true try type typeof undefined var void while with yield ' +
      'tf model inputs outputs'
    ).split(' '),
  ),
}

/**
 * The network as TypeScript for TensorFlow.js, line by line: `tf.sequential` where the layers stand one behind another,
 * else `tf.model`. What tfjs cannot be given is told in a comment.
 */
export function tfjsCode(
  network: NetworkDocument,
  translate: Translate,
  facts?: ReadonlyMap<string, NodeFacts>,
): readonly CodeLine[] {
  const plan = planCode(network, tfjsHasClass, facts)
  const own = new Set(plan.steps.flatMap((step) => pieces(step).flatMap(classesOf)))
  const classes = [...own].flatMap((name) => {
    const source = ownClasses.get(name)?.typescript
    return source === undefined ? [] : [...source.split('\n'), '']
  })
  const body = plan.chain ? sequential(plan) : functional(plan)
  return [
    ...["import * as tf from '@tensorflow/tfjs'", '', ...classes].map((text) => ({ text })),
    ...notes(network, plan, '//', translate),
    ...body,
    ...tfjsLosses(plan.judged),
  ]
}

function pieces({ tfjs, inputs }: CodeStep): readonly Marked<TfjsPiece>[] {
  return tfjs ? tfjsForm(tfjs, inputs) : []
}

function sequential({ steps }: CodePlan): CodeLine[] {
  const names = layerNamesIn(steps, inSeveral)
  return [
    { text: 'export const model = tf.sequential({' },
    { text: '  layers: [' },
    ...steps.flatMap((step) => {
      const name = names.get(step.node.id)
      const made = step.tfjs
        ? makes(step, name)
        : [`tf.layers.inputLayer(${settings(inputOf(step, 'inputShape', name))})`]
      return made.map((text, n) => ({
        text: `    ${text},${n === 0 ? ownName(step, names) : ''}`,
        node: step.node.id,
      }))
    }),
    { text: '  ],' },
    { text: '})' },
  ]
}

function functional({ steps, outputs }: CodePlan): CodeLine[] {
  const variables = namesOfVariables(steps, typescript)
  const names = layerNamesIn(steps, inSeveral)
  const once = makingOnce(variables)
  const list = (ids: readonly string[]) => listOf(ids, variables)
  const inputs = steps.filter(({ tfjs }) => !tfjs).map(({ node }) => node.id)
  const lines = steps.flatMap((step): CodeLine[] => {
    const { id } = step.node
    const at = itself(step)
    const [plain, named] = [undefined, names.get(step.shared ?? id)].map((name) => makes(step, name)[at] ?? '')
    const { made, called } = once(step, plain ?? '', named ?? '')
    const calls = makes(step, names.get(id)).map((one, n) => (n === at ? called : one))
    const output = step.tfjs
      ? `${calls.reduce((from, one) => `${one}.apply(${from})`, list(step.sources))} as tf.SymbolicTensor`
      : `tf.input(${settings(inputOf(step, 'shape', names.get(id)))})`
    return [
      ...(made ? [{ text: `const ${made.variable} = ${made.text}`, node: id }] : []),
      { text: `const ${variables.get(id)} = ${output}${ownName(step, names)}`, node: id },
    ]
  })
  if (outputs.length === 0) return lines
  const ends = `{ inputs: ${list(inputs)}, outputs: ${list(outputs)} }`
  return [...lines, { text: `export const model = tf.model(${ends})` }]
}

function ownName({ node }: CodeStep, names: ReadonlyMap<string, string>): string {
  const name = oneLine(node.name)
  return name && !names.has(node.id) ? ` // ${name}` : ''
}

type Settings = readonly (readonly [string, unknown])[]

function inputOf({ shape }: CodeStep, key: string, name: string | undefined): Settings {
  return [[key, shape], ...(name === undefined ? [] : [['name', name] as const])]
}

/** Which of a layer's pieces is the layer itself. */
function itself(step: CodeStep): number {
  return Math.max(
    0,
    pieces(step).findIndex(({ mark }) => mark === undefined),
  )
}

function inSeveral(step: CodeStep): boolean {
  return pieces(step).length > 1
}

/** The layer's pieces, each with its name. */
function makes(step: CodeStep, name: string | undefined): string[] {
  return pieces(step).map(({ mark = '', ...piece }) =>
    made(piece, name === undefined ? [] : [['name', `${name}${mark}`]]),
  )
}

function made({ maker, className, config, within }: TfjsPiece, more: Settings = []): string {
  const inSnake = inKeras({ className, config })
  const keys = Object.keys(inSnake.config)
  const kept = Object.entries(config).filter(
    ([name], at) => name !== 'layer' && (!maker || !isUsual(className, keys[at] ?? '', inSnake.config)),
  )
  const inner = within ? [`layer: ${made(within)}`] : []
  const given = [...inner, ...[...kept, ...more].map(([name, value]) => `${name}: ${literal(value, name)}`)]
  const options = given.length > 0 ? `{ ${given.join(', ')} }` : '{}'
  return maker ? `tf.layers.${maker}(${options})` : `new ${className}(${options})`
}

/** tfjs draws first weights in another way than Keras where none is named, and its gates have another function. */
function isUsual(className: string, key: string, config: Readonly<Record<string, unknown>>): boolean {
  const drawn = key.endsWith('_initializer') && key !== 'bias_initializer'
  return !drawn && key !== 'recurrent_activation' && isDefault(className, key, config)
}

function settings(entries: Settings): string {
  return entries.length === 0
    ? ''
    : `{ ${entries.map(([name, value]) => `${name}: ${literal(value, name)}`).join(', ')} }`
}

/** A value in TypeScript; an object with a class is tfjs's, whose maker its setting's name tells. */
function literal(value: unknown, name = ''): string {
  if (typeof value === 'string')
    return `'${JSON.stringify(value).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`
  if (Array.isArray(value)) return `[${value.map((one) => literal(one, name)).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const entries = Object.entries(value)
  const { className, config }: { className?: unknown; config?: unknown } = { ...value }
  const module = /(initializer|regularizer|constraint)$/i.exec(name)?.[1]?.toLowerCase()
  if (!module || typeof className !== 'string') return settings(entries)
  const maker =
    module === 'regularizer' ? className.toLowerCase() : className.charAt(0).toLowerCase() + className.slice(1)
  const given = typeof config === 'object' && config !== null ? settings(Object.entries(config)) : ''
  return `tf.${module}s.${maker}(${given || '{}'})`
}
