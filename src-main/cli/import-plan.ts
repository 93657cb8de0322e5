import { fits, type ImportPlan } from '@shared/data/import-plan'
import type { Translate } from '../services/texts'
import { numbersIn } from './numbers'
import type { Surroundings } from './surroundings'

/** A plan as one line of JSON. */
export function jsonPlan(plan: ImportPlan, text: Translate): string {
  const { warnings, room, ...rest } = plan
  return JSON.stringify({
    ...rest,
    free: room.free,
    fits: fits(plan),
    warnings: warnings.map(({ code, params }) => text(`import.warnings.${code}`, params)),
  })
}

/** So many endings of files are counted by themselves. */
const mostEndings = 6

/** A plan for people to read. */
export function plainPlan(plan: ImportPlan, { text, locale }: Surroundings): string {
  const numbers = numbersIn(locale)
  const endings = plan.endings
    .slice(0, mostEndings)
    .map(({ ending, count }) => `${ending || text('import.plan.noEnding')} ${numbers.count(count)}`)
  const classes = Object.entries(plan.classes).map(([name, { train, validation, test }]) =>
    text('import.class', {
      name,
      train: numbers.count(train),
      validation: numbers.count(validation),
      test: numbers.count(test),
    }),
  )
  const parts = plan.facts.parts.map(({ folder }) => folder)
  return [
    text('import.plan.files', {
      files: numbers.count(plan.files),
      skipped: numbers.count(plan.skipped),
      endings: endings.join(', '),
    }),
    ...classes,
    ...(parts.length > 0 ? [text('import.plan.parts', { folders: parts.join(', ') })] : []),
    ...(plan.facts.sliceFolders > 0
      ? [text('import.plan.slices', { count: numbers.count(plan.facts.sliceFolders) })]
      : []),
    text('import.plan.samples', { samples: numbers.count(plan.samples), shape: plan.shape.join(' × ') }),
    text(fits(plan) ? 'import.plan.fits' : 'import.plan.fitsNot', {
      bytes: numbers.bytes(plan.bytes),
      free: numbers.bytes(plan.room.free),
    }),
    ...(plan.smaller ? [text('import.plan.smaller', { size: plan.smaller.join('x') })] : []),
    ...plan.warnings.map(({ code, params }) => text(`import.warnings.${code}`, params)),
    '',
  ].join('\n')
}
