import {
  arithmeticOf,
  shownRange,
  type ArithmeticStep,
  type Preprocessing,
  type ResizeMode,
} from '@shared/data/preprocessing'
import { soundSteps, spectrogramAxes } from './describe-sound'

/** What the sizes of a sample are called, by their number; channels stand last. */
const axes: Readonly<Record<number, readonly string[]>> = {
  2: ['length', 'channels'],
  3: ['height', 'width', 'channels'],
  4: ['depth', 'height', 'width', 'channels'],
}

/**
 * The preprocessing in words and numbers for those who use an exported network without Patchwork. A model that prepares
 * values `inside` takes them as they are: there is nothing to divide them by.
 */
export function describePreprocessing(
  preprocessing: Preprocessing,
  where: 'outside' | 'inside',
): Readonly<Record<string, unknown>> {
  const { shape, divisor, normalization, floats, resize = 'fit', sound, volumeFit } = preprocessing
  const names = (sound?.spectrogram ? spectrogramAxes : axes[shape.length]) ?? []
  const sizes = Object.fromEntries(names.map((name, axis) => [name, shape[axis]]))
  const colours = shape.length === 3 && !sound ? { 1: 'grey', 3: 'RGB' }[shape[2] ?? 0] : undefined
  const inside = where === 'inside'
  const arithmetic = inside ? [inTheModel(preprocessing)] : byHand(preprocessing)
  return {
    input: { ...sizes, layout: names.join(', '), ...(colours ? { values: colours } : {}) },
    steps: [
      ...(colours ? pictureSteps(colours, resize) : []),
      ...(volumeFit ? [volumeSteps[volumeFit]] : []),
      ...(sound ? soundSteps(sound, shape.at(-1) ?? 1) : []),
      ...(colours && floats ? [`spread 0 to 255 over ${rangeInWords(preprocessing)}`] : []),
      ...arithmetic,
    ],
    divisor: inside ? 1 : divisor,
    ...(normalization && !inside ? normalization : {}),
    ...(sound ? { sound } : {}),
  }
}

/** Where a sample's values lie: `0 to 255`. */
export function rangeInWords(preprocessing: Preprocessing): string {
  const { low, high } = shownRange(preprocessing)
  return `${low} to ${high}`
}

/** What the arithmetic does, step by step: `divides them by 255`, `subtracts 0.5`. */
export function arithmeticInWords(preprocessing: Preprocessing): string[] {
  return arithmeticOf(preprocessing).map((step) =>
    step.operation === 'divide' ? `divides them by ${numbersOf(step)}` : `subtracts ${numbersOf(step)} from them`,
  )
}

/** The arithmetic as calls on a tensor of TensorFlow.js: `.div(255)`. */
export function arithmeticAsCalls(preprocessing: Preprocessing): string {
  return arithmeticOf(preprocessing)
    .map(
      ({ operation, by }) =>
        `.${operation === 'divide' ? 'div' : 'sub'}(${by.length === 1 ? by[0] : `[${by.join(', ')}]`})`,
    )
    .join('')
}

function byHand(preprocessing: Preprocessing): string[] {
  const range = rangeInWords(preprocessing)
  const [first, ...others] = arithmeticOf(preprocessing).map((step) => (what: string) => {
    return step.operation === 'divide'
      ? `divide ${what} by ${numbersOf(step)}`
      : `subtract from ${what}: ${numbersOf(step)}`
  })
  if (!first) return [`take the values as they are (${range})`]
  return [first(`the values (${range})`), ...others.map((step) => step('them'))]
}

function inTheModel(preprocessing: Preprocessing): string {
  const steps = arithmeticInWords(preprocessing)
  const does = steps.length > 0 ? `: the model ${steps.join(', then ')} itself` : ''
  return `leave the values as they are (${rangeInWords(preprocessing)})${does}`
}

function numbersOf({ by }: ArithmeticStep): string {
  return by.length === 1 ? String(by[0]) : `${by.join(', ')} (channel by channel)`
}

const resizing: Readonly<Record<ResizeMode, readonly string[]>> = {
  fit: [
    'scale it to fit into height and width, keeping its proportions',
    'fill up at the sides with the median colour of its border',
  ],
  fill: ['cut out the largest part in its middle that has the proportions of height and width', 'scale that to them'],
  stretch: ['scale it to height and width, whatever its proportions'],
}

const volumeSteps = {
  scale:
    'scale each axis to depth, height and width: linearly where it grows, by a triangle filter as wide as the new voxels where it shrinks',
  center: 'cut depth, height and width and fill them up with the lowest value, around the middle',
} as const

function pictureSteps(colours: string, resize: ResizeMode): string[] {
  return [
    'turn the picture as its EXIF orientation says',
    'lay it on white where it is transparent',
    ...resizing[resize],
    colours === 'grey' ? 'grey = 0.299 red + 0.587 green + 0.114 blue' : 'red, green, blue',
  ]
}
