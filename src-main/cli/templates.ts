import { templates, templateNetwork } from '@shared/network/templates'
import { totals, walk } from '@shared/network/walk'
import { exitCodes, type Surroundings } from './surroundings'
import { table } from './table'

export interface TemplatesOptions {
  readonly json?: boolean
}

/** Lists the networks to start from, with a line on each; gives the exit code. */
export function listTemplates({ json }: TemplatesOptions, { text, out }: Surroundings): number {
  const listed = templates.map(({ name, group, section }) => {
    const words = (part: string) => text(`templates.networks.${name}.${part}`)
    return { name, group, section, title: words('title'), text: words('text') }
  })
  if (json) {
    const sized = listed.map((one) => {
      const network = templateNetwork(one.name)
      return { ...one, ...(network ? totals(walk(network)) : {}) }
    })
    out(`${JSON.stringify({ templates: sized })}\n`)
  } else {
    out(
      table(
        listed.map((one) => [one.name, one.text]),
        ['left', 'left'],
      ),
    )
  }
  return exitCodes.done
}
