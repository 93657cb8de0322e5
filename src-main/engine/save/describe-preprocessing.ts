import type { Preprocessing } from '@shared/data/preprocessing'

/** What the sizes of a sample are called, by their number; channels stand last. */
const axes: Readonly<Record<number, readonly string[]>> = {
  2: ['length', 'channels'],
  3: ['height', 'width', 'channels'],
  4: ['depth', 'height', 'width', 'channels'],
}

/**
 * The preprocessing in words and numbers for those who use an exported network without Patchwork. A model that divides
 * `inside` takes values as they are: there is nothing to divide them by.
 */
export function describePreprocessing(
  { shape, divisor }: Preprocessing,
  divides: 'outside' | 'inside',
): Readonly<Record<string, unknown>> {
  const names = axes[shape.length] ?? []
  const sizes = Object.fromEntries(names.map((name, axis) => [name, shape[axis]]))
  const colours = shape.length === 3 ? { 1: 'grey', 3: 'RGB' }[shape[2] ?? 0] : undefined
  const division =
    divides === 'outside'
      ? `divide the values (0 to 255) by ${divisor}`
      : `leave the values as they are (0 to 255): the model divides them by ${divisor} itself`
  return {
    input: { ...sizes, layout: names.join(', '), ...(colours ? { values: colours } : {}) },
    steps: [...(colours ? pictureSteps(colours) : []), division],
    divisor: divides === 'outside' ? divisor : 1,
  }
}

function pictureSteps(colours: string): string[] {
  return [
    'turn the picture as its EXIF orientation says',
    'lay it on white where it is transparent',
    'scale it to fit into height and width, keeping its proportions',
    'fill up at the sides with the median colour of its border',
    colours === 'grey' ? 'grey = 0.299 red + 0.587 green + 0.114 blue' : 'red, green, blue',
  ]
}
