import { useI18n } from 'vue-i18n'
import { moveNodes } from '@shared/network/edit'
import { looksLikeModel } from '@shared/network/read/model-json'
import type { LayerComplaint } from '@shared/network/read/layers'
import { readNetwork } from '@shared/network/read/read-network'
import { useDialogsStore } from '@/stores/dialogs'
import { useDocumentStore } from '@/stores/document'
import { useNoticesStore } from '@/stores/notices'
import { tidyPositions } from '../canvas/tidy'

/** Why a text gave no network, in a person's words. */
export interface ReadingProblem {
  readonly title: string
  /** One line for each layer. */
  readonly lines: readonly string[]
}

/** Up to this many layers are placed in order at once; a larger network stands in plain rows, to be tidied up on demand. */
const quicklyPlaced = 500

/** Making networks of what other frameworks wrote. */
export function useReading() {
  const { t } = useI18n()
  const store = useDocumentStore()
  const notices = useNoticesStore()
  const dialogs = useDialogsStore()
  let pasted = ''

  function sentence({ layer, code, params }: LayerComplaint): string {
    return t(`code.read.layer.${code}`, { layer, ...params })
  }

  /** Replaces the network by the one that a text describes, in one step; else says why it cannot. */
  function read(text: string): ReadingProblem | null {
    const found = readNetwork(text)
    if (!found.ok)
      return {
        title: t(`code.read.why.${found.why}`, { n: found.complaints.length }, found.complaints.length),
        lines: found.complaints.map(sentence),
      }
    const { network, left } = found
    const quick = network.nodes.length <= quicklyPlaced
    store.apply('code.read.step', () => (quick ? moveNodes(network, tidyPositions(network)) : network))
    store.select([])
    const [first] = left
    if (first)
      notices.done('code.read.doneWithout', {
        layers: network.nodes.length,
        count: left.length,
        first: sentence(first),
      })
    else notices.done('code.read.done', { layers: network.nodes.length })
    return null
  }

  /** Takes a text from the clipboard that may be a model; false: it is none. */
  function paste(text: string): boolean {
    if (!looksLikeModel(text)) return false
    if (read(text)) {
      pasted = text
      dialogs.show('readNetwork')
    }
    return true
  }

  /** What was pasted and could not be read; empty where nothing was, or it was taken before. */
  function takePasted(): string {
    const text = pasted
    pasted = ''
    return text
  }

  return { read, paste, takePasted }
}

export type Reading = ReturnType<typeof useReading>
