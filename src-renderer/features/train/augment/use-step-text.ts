import type { AugmentationKind } from '@shared/augmentation/define'
import { augmentationKinds } from '@shared/augmentation/registry'
import type { Augmentation, AugmentationStep } from '@shared/training/augmentation'
import { useI18n } from 'vue-i18n'
import { useFormat } from '@/composables/use-format'

/** Augmentations in words, the same wherever they are told. */
export function useStepText() {
  const { t } = useI18n()
  const format = useFormat()

  function title({ kind }: Pick<AugmentationStep, 'kind'>): string {
    return augmentationKinds.has(kind)
      ? t(`augmentation.kinds.${kind}.title`)
      : t('augmentation.view.unknown', { kind })
  }

  /** The settings that matter: `0.1 / 0.1`, `15°`, and how many samples it changes where these are not all. */
  function strength({ kind: name, probability, values }: AugmentationStep): string {
    const kind = augmentationKinds.get(name)
    const share = probability < 1 ? [format.percent(probability, 0)] : []
    return [...(kind ? mainValues(kind, values) : []), ...share].join(', ')
  }

  function mainValues({ main, params, complete }: AugmentationKind, values: AugmentationStep['values']): string[] {
    const all = complete(values)
    const numbers = main.flatMap((name) => {
      const value = all[name]
      const param = params[name]
      if (typeof value !== 'number' || !param) return []
      return [`${format.decimal(value, 3)}${'unit' in param && param.unit ? unitText(param.unit) : ''}`]
    })
    return numbers.length > 0 ? [numbers.join(' / ')] : []
  }

  /** `Rotate 15°`. */
  function words(step: AugmentationStep): string {
    return `${title(step)} ${strength(step)}`.trim()
  }

  /** All that a run does to its samples, in the order in which it does it. */
  function list({ steps }: Augmentation): AugmentationStep[] {
    const names = [...augmentationKinds.keys()]
    return steps
      .filter(({ probability }) => probability > 0)
      .sort((one, other) => names.indexOf(one.kind) - names.indexOf(other.kind))
  }

  return { title, strength, words, list }
}

/** A degree sign stands at its number, other units behind a space. */
function unitText(unit: string): string {
  return unit === '°' ? unit : ` ${unit}`
}
