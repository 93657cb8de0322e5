import type { DatasetSource } from '@shared/data/dataset'
import { useI18n } from 'vue-i18n'

/** What a data set is called in the reader's language: shipped sets have a text, others the title of their source. */
export function useSourceTitle(): (source: DatasetSource) => string {
  const { t, te } = useI18n()
  return (source) => {
    if (source.kind !== 'sample') return source.title
    const key = `data.sets.${source.id}.title`
    return te(key) ? t(key) : source.id
  }
}
