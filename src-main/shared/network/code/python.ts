import type { TfjsLayer } from '../../layers/define'
import { inKeras, type KerasLayer } from '../../layers/keras-layer'
import type { NetworkDocument } from '../document'
import type { Translate } from '../names'
import type { NodeFacts } from '../walk'
import { ownClasses } from './classes/registry'
import { inKeras3, isDefault } from './defaults'
import { kerasLosses } from './losses'
import { layerNamesIn, listOf, namesOfVariables, type NameStyle } from './names'
import { notes, oneLine } from './notes'
import { markOf } from './pieces'
import { planCode, type CodeLine, type CodePlan, type CodeStep } from './plan'
import { makingOnce } from './shared'

const python: NameStyle = {
  join: (words) => words.join('_'),
  // Python's own words, and the names that the code itself gives or that everyone expects to mean something else.
  reserved: new Set(
    (
      'and as assert async await break class continue def del elif else except finally for from global if import in is ' +
      'lambda nonlocal not or pass raise return try while with false none true match case type ' +
      'input inputs outputs model keras layers sum range len print list dict set max min map filter'
    ).split(' '),
  ),
}

function hasClass({ className, ownClass }: TfjsLayer): boolean {
  return !ownClass || ownClasses.get(className)?.python !== undefined
}

/**
 * The network as Python for Keras 3, line by line: a `Sequential` where the layers stand one behind another, else a
 * functional `Model`. What Keras cannot be given is told in a comment.
 */
export function kerasCode(
  network: NetworkDocument,
  translate: Translate,
  facts?: ReadonlyMap<string, NodeFacts>,
): readonly CodeLine[] {
  const plan = planCode(network, hasClass, facts)
  const own = new Set(plan.steps.flatMap(({ tfjs }) => (tfjs?.ownClass ? [tfjs.className] : [])))
  const classes = [...own].flatMap((name) => ['', ...(ownClasses.get(name)?.python?.split('\n') ?? []), '', ''])
  const math = classes.some((line) => line.includes('math.')) ? ['import math', ''] : []
  const head = [...math, 'import keras', 'from keras import layers', '']
  const body = plan.chain ? sequential(plan) : functional(plan)
  return [
    ...[...head, ...classes].map((text) => ({ text })),
    ...notes(network, plan, '#', translate),
    ...body,
    ...kerasLosses(plan.judged),
  ]
}

function sequential({ steps }: CodePlan): CodeLine[] {
  const names = layerNamesIn(steps, inSeveral)
  return [
    { text: 'model = keras.Sequential(' },
    { text: '    [' },
    ...steps.flatMap((step) =>
      pieces(step, names.get(step.node.id)).map((text, n) => ({
        text: `        ${text},${n === 0 ? ownName(step, names) : ''}`,
        node: step.node.id,
      })),
    ),
    { text: '    ]' },
    { text: ')' },
  ]
}

function functional({ steps, outputs }: CodePlan): CodeLine[] {
  const variables = namesOfVariables(steps, python)
  const names = layerNamesIn(steps, inSeveral)
  const once = makingOnce(variables)
  const list = (ids: readonly string[]) => listOf(ids, variables)
  const inputs = steps.filter(({ tfjs }) => !tfjs).map(({ node }) => node.id)
  const lines = steps.flatMap((step): CodeLine[] => {
    const { id } = step.node
    const { made, called } = once(step, layer(step, undefined), layer(step, names.get(step.shared ?? id)))
    const at = step.tfjs?.before?.length ?? 0
    const calls = pieces(step, names.get(id)).map((text, n) => (n === at ? called : text))
    const output = step.tfjs
      ? calls.reduce((from, one) => `${one}(${from})`, list(step.sources))
      : layer(step, names.get(id))
    return [
      ...(made ? [{ text: `${made.variable} = ${made.text}`, node: id }] : []),
      { text: `${variables.get(id)} = ${output}${ownName(step, names)}`, node: id },
    ]
  })
  if (outputs.length === 0) return lines
  return [...lines, { text: `model = keras.Model(inputs=${list(inputs)}, outputs=${list(outputs)})` }]
}

/** A name that Keras does not take stands behind the line instead. */
function ownName({ node }: CodeStep, names: ReadonlyMap<string, string>): string {
  const name = oneLine(node.name)
  return name && !names.has(node.id) ? `  # ${name}` : ''
}

function layer({ tfjs, keras, shape }: CodeStep, name: string | undefined): string {
  const named = name === undefined ? [] : [['name', name] as const]
  if (!keras) return `keras.Input(${settings([['shape', shape], ...named])})`
  return made(keras, named, tfjs?.ownClass)
}

function made(keras: KerasLayer, more: readonly (readonly [string, unknown])[] = [], ownClass = false): string {
  const { className, config } = inKeras3(keras)
  const kept = Object.entries(config).filter(([key]) => ownClass || !isDefault(className, key, config))
  return `${ownClass ? '' : 'layers.'}${className}(${settings([...kept, ...more])})`
}

/** The layer with those that Keras needs in front of it and behind it. */
function pieces(step: CodeStep, name: string | undefined): string[] {
  const { before = [], after = [] } = step.tfjs ?? {}
  const named = (mark: string) => (name === undefined ? [] : [['name', `${name}${mark}`] as const])
  const beside = (side: string) => (one: TfjsLayer, n: number) => made(inKeras(one), named(markOf(side, n)))
  return [...before.map(beside('before')), layer(step, name), ...after.map(beside('after'))]
}

function inSeveral({ tfjs }: CodeStep): boolean {
  return (tfjs?.before ?? tfjs?.after) !== undefined
}

function settings(entries: readonly (readonly [string, unknown])[]): string {
  return entries.map(([name, value]) => `${name}=${literal(value, name)}`).join(', ')
}

/** A value in Python; an object is a Keras one, whose module its setting's name tells. */
function literal(value: unknown, name = ''): string {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) {
    const parts = value.map((one) => literal(one, name))
    return parts.length === 1 ? `(${parts[0]},)` : `(${parts.join(', ')})`
  }
  const object = described(value)
  if (!object) return JSON.stringify(value)
  const module = /(?:^|_)(initializer|regularizer|constraint)$/.exec(name)?.[1]
  if (!module) return made(object)
  return `keras.${module}s.${object.className}(${settings(Object.entries(object.config))})`
}

function described(value: unknown): KerasLayer | undefined {
  if (typeof value !== 'object' || value === null || !('class_name' in value)) return undefined
  const config = 'config' in value && typeof value.config === 'object' ? { ...value.config } : {}
  return typeof value.class_name === 'string' ? { className: value.class_name, config } : undefined
}
