import type { DatasetSummary } from '@shared/data/dataset'
import { placeOf } from '@shared/data/stored-dataset'
import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useFormat } from '@/composables/use-format'
import type { LoadedSample } from '@/composables/use-sample-detail'
import type { SelectedSample } from '@/stores/sample-view'
import type { Fact } from '@/ui/options'
import { valueFacts } from '../data-facts'

/** What there is to say of a sample: where it stands, where it comes from, and what its values are like. */
export function useSampleFacts(
  summary: () => DatasetSummary,
  sample: () => SelectedSample | null,
  { detail }: LoadedSample,
): ComputedRef<readonly Fact[]> {
  const { t } = useI18n()
  const format = useFormat()

  return computed(() => {
    const shown = sample()
    if (!shown) return []
    const whole = detail.value?.row === shown.row ? detail.value : null
    const rate = whole?.rate ?? null
    const { file, at } = placeOf(shown.name)
    const facts: Fact[] = [
      { name: t('viewer.facts.class'), value: summary().classes[shown.label] ?? '' },
      { name: t('viewer.facts.part'), value: t(`data.parts.${shown.part}`) },
      { name: t('viewer.facts.file'), value: file, help: t('viewer.help.file') },
    ]
    if (at !== null && rate !== null) {
      facts.push({
        name: t('viewer.facts.begins'),
        value: `${format.decimal(at / rate, 6)} s`,
        help: t('viewer.help.begins'),
      })
    } else if (at !== null) {
      facts.push({ name: t('viewer.facts.place'), value: format.integer(at), help: t('viewer.help.place') })
    }
    facts.push(
      { name: t('viewer.facts.row'), value: format.integer(shown.row), help: t('viewer.help.row') },
      { name: t('viewer.facts.shape'), value: format.shape(shown.shape), help: t('data.sample.shapeHelp') },
    )
    if (rate !== null) {
      facts.push({ name: t('viewer.facts.rate'), value: `${format.integer(rate)} Hz`, help: t('viewer.help.rate') })
      const [frames = 0] = shown.shape
      if (shown.shape.length === 2)
        facts.push({ name: t('viewer.facts.length'), value: `${format.decimal(frames / rate, 4)} s` })
    }
    // What a page of the grid has of a picture of bytes is all of it; of sounds and scans it is only what is shown.
    const values = whole?.values ?? (shown.shape.length === 3 ? shown.pixels : null)
    if (!values) return facts
    const bytes = values instanceof Uint8Array
    const number = (value: number) => (bytes ? format.integer(value) : format.decimal(value, 4))
    const { lowest, highest, mean } = valueFacts(values)
    const help = t(bytes ? 'data.sample.valuesHelp' : 'viewer.help.values')
    return [
      ...facts,
      { name: t('viewer.facts.lowest'), value: number(lowest), help },
      { name: t('viewer.facts.highest'), value: number(highest), help },
      { name: t('viewer.facts.mean'), value: bytes ? format.fixed(mean, 1) : format.decimal(mean, 4), help },
    ]
  })
}
