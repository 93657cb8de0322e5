import { branches } from './chain'
import type { NetworkDocument } from './document'
import { fitToData, type DataFit } from './fit'
import { alexnetTemplates } from './templates/alexnet'
import { inceptionTemplate } from './templates/inception'
import { keywordSpottingTemplate } from './templates/keyword-spotting'
import { lenetTemplate } from './templates/lenet'
import { mobilenetTemplate } from './templates/mobilenet'
import { ninTemplate } from './templates/nin'
import { pictureTemplates } from './templates/pictures'
import { resnetTemplates } from './templates/resnet'
import { soundTemplates } from './templates/sound'
import { speechConvTemplate } from './templates/speech-conv'
import type { Template } from './templates/template'
import { uNetTemplate } from './templates/u-net'
import { vggTemplate } from './templates/vgg'
import { volumeTemplate } from './templates/volumes'
import { walk } from './walk'

export { templateGroups, type Template, type TemplateGroup } from './templates/template'

/** Every network to start from, in the order of the gallery: the article's, then those that people know. */
export const templates: readonly Template[] = [
  ...soundTemplates,
  ...pictureTemplates,
  volumeTemplate,
  ...alexnetTemplates,
  lenetTemplate,
  ninTemplate,
  vggTemplate,
  ...resnetTemplates,
  inceptionTemplate,
  mobilenetTemplate,
  uNetTemplate,
  speechConvTemplate,
  keywordSpottingTemplate,
]

export const templateNames: readonly string[] = templates.map(({ name }) => name)

/** Those to begin with: small, and quick to train. */
const first = ['lenet', 'one-module', 'dense-only', 'speech-conv', 'audio-pooling', 'keyword-spotting', 'volumes']

/** A template as a network, its first and last layers fitted to the data; undefined for an unknown name. */
export function templateNetwork(name: string, data?: DataFit): NetworkDocument | undefined {
  const network = drawn(name)
  if (!network) return undefined
  const fitted = data ? fitToData(network, data) : network
  // Where the data's samples are too small for the layers, the network stays as it is known.
  const fits = [...walk(fitted).values()].every(({ result }) => result.ok)
  return fits ? fitted : network
}

const known = new Map<string, NetworkDocument>()

/** A template as it is known, with nodes of its own at each call; placing its cards is done once, as it takes a while. */
function drawn(name: string): NetworkDocument | undefined {
  const template = templates.find((one) => one.name === name)
  if (!template) return undefined
  const network = known.get(name) ?? branches(...template.steps)
  known.set(name, network)
  return { ...network, nodes: network.nodes.map((node) => ({ ...node })) }
}

/** The first few templates for samples like the data's: as many axes; pictures where there is no data. */
export function firstTemplates({ shape }: Pick<DataFit, 'shape'> = { shape: [28, 28, 1] }): readonly string[] {
  return first.filter((name) => {
    const steps = templates.find((one) => one.name === name)?.steps ?? []
    const [input] = walk(branches(...steps.slice(0, 1))).values()
    return input?.result.ok && input.result.shape.length === shape.length
  })
}
