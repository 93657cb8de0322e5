import { InvalidArgumentError } from 'commander'
import type { AugmentationKind } from '@shared/augmentation/define'
import { augmentationKinds, initialStep } from '@shared/augmentation/registry'
import { initialValues, type Param } from '@shared/layers/params'
import type { Value, Values } from '@shared/network/document'
import { FillMode, noAugmentation, type Augmentation } from '@shared/training/augmentation'
import type { Translate } from '../services/texts'

/** No augmentation, where a project has some. */
const none = 'none'
const probabilities = { low: 0, high: 1 }

/**
 * Reads a list of augmentations: `flip,rotation=15,crop.smallest=0.5,noise.probability=0.3,fill=reflect`. A number behind
 * a name is its strength (of one that has none, its probability).
 */
export function augmentationList(text: Translate): (words: string) => Augmentation {
  return (words) => {
    let augmentation = noAugmentation
    if (words.trim() === none) return augmentation
    for (const word of words.split(',')) augmentation = withWord(augmentation, word.trim(), text)
    return augmentation
  }
}

/** Every augmentation with the strength that it has where none is given. */
export function augmentationNames(): string {
  return [...augmentationKinds.values()]
    .map(({ kind, main: [first = ''], params }) => (params[first] ? `${kind}=${String(params[first].initial)}` : kind))
    .join(', ')
}

function withWord(augmentation: Augmentation, word: string, text: Translate): Augmentation {
  const [, name = '', param, value] = /^([^.=]*)(?:\.([^=]*))?(?:=(.*))?$/.exec(word) ?? []
  if (name === 'fill' && param === undefined) return { ...augmentation, fill: fillOf(value, text) }
  if (name === 'shade' && param === undefined)
    return { ...augmentation, shade: numberIn(name, value, probabilities, text) }
  const kind = augmentationKinds.get(name)
  if (!kind) {
    const names = [...augmentationKinds.keys()].join(', ')
    throw new InvalidArgumentError(text('cli.usage.augmentation', { name: word, names }))
  }
  const others = augmentation.steps.filter((step) => step.kind !== name)
  const known = augmentation.steps.find((step) => step.kind === name) ?? initialStep(kind)
  if (value === undefined && param === undefined) return { ...augmentation, steps: [...others, known] }
  const step =
    param === 'probability' || (param === undefined && kind.main.length === 0)
      ? { ...known, probability: numberIn(`${name}.probability`, value, probabilities, text) }
      : { ...known, values: { ...known.values, ...given(kind, param, value, text) } }
  return { ...augmentation, steps: [...others, step] }
}

/** One parameter, or those that a kind's strength stands for. */
function given(kind: AugmentationKind, param: string | undefined, value: string | undefined, text: Translate): Values {
  const names = param === undefined ? kind.main : [param]
  return Object.fromEntries(
    names.map((name) => {
      const found = Object.hasOwn(kind.params, name) ? kind.params[name] : undefined
      if (found) return [name, valueOf(found, `${kind.kind}.${name}`, value, text)]
      const known = [...Object.keys(initialValues(kind.params)), 'probability'].join(', ')
      throw new InvalidArgumentError(text('cli.usage.augmentationParam', { kind: kind.kind, name, names: known }))
    }),
  )
}

function valueOf(param: Param, name: string, value: string | undefined, text: Translate): Value {
  if (param.control === 'int' || param.control === 'real') {
    return numberIn(name, value, { low: param.min, high: param.max }, text)
  }
  const parsed = param.schema.safeParse(value)
  if (parsed.success) return parsed.data
  const names = param.control === 'choice' ? param.options.join(', ') : ''
  throw new InvalidArgumentError(text('cli.usage.augmentationWord', { name, names }))
}

function fillOf(value: string | undefined, text: Translate): FillMode {
  const parsed = FillMode.safeParse(value)
  if (parsed.success) return parsed.data
  throw new InvalidArgumentError(
    text('cli.usage.augmentationWord', { name: 'fill', names: FillMode.options.join(', ') }),
  )
}

function numberIn(
  name: string,
  value: string | undefined,
  { low, high }: { low: number; high: number },
  text: Translate,
): number {
  const number = value !== undefined && /^-?(\d+\.?\d*|\.\d+)$/.test(value) ? Number(value) : Number.NaN
  if (number >= low && number <= high) return number
  throw new InvalidArgumentError(text('cli.usage.augmentationNumber', { name, min: low, max: high }))
}
