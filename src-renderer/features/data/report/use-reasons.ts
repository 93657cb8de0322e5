import type { SkippedFile } from '@shared/data/stored-dataset'
import { useI18n } from 'vue-i18n'

/** Why files did not come in, in plain words: of one file, and of all with the same code. */
export function useReasons() {
  const { t } = useI18n()

  function reasonOf({ code, params }: Pick<SkippedFile, 'code' | 'params'>): string {
    return t(`decode.reasons.${code}`, params)
  }

  /** What the reasons of files with one code have in common: what is of one file alone is left open. */
  function commonReason(files: readonly SkippedFile[]): string {
    const [first] = files
    if (!first) return ''
    const shared = Object.entries(first.params).map(([name, value]) => [
      name,
      files.every(({ params }) => params[name] === value) ? value : '…',
    ])
    return reasonOf({ code: first.code, params: Object.fromEntries(shared) })
  }

  return { reasonOf, commonReason }
}
