import type { CollectionKind } from '@shared/data/collection'
import { i18n } from '@/i18n'
import { useCollectionStore } from '@/stores/collection'

export interface Begin {
  /** Begins a collection of a kind with two classes, named in the reader's language. */
  anew(kind: CollectionKind): Promise<boolean>
  /** Shows the project's last collection, or begins one of pictures. */
  orResume(): Promise<boolean>
}

export function useBegin(): Begin {
  const { t } = i18n.global
  const collection = useCollectionStore()
  const anew = (kind: CollectionKind) =>
    collection.begin(
      t('collect.title'),
      kind,
      [1, 2].map((n) => t('collect.class', { n })),
    )
  return { anew, orResume: async () => (await collection.resume()) || anew('pictures') }
}
