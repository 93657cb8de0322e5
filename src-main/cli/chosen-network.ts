import { resolve } from 'node:path'
import type { NetworkDocument } from '@shared/network/document'
import { templateNetwork } from '@shared/network/templates'
import { folderOf, loadProject } from '../services/project-folder'
import { defaultTemplate } from './request'

/** Where a command takes its network from: a template's name or a project's folder. */
export interface NetworkChoice {
  readonly template?: string
  readonly project?: string
}

/** The network that the options name, else the usual template; a relative path starts from `folder`. */
export async function chosenNetwork({ template, project }: NetworkChoice, folder: string): Promise<NetworkDocument> {
  if (project !== undefined) return (await loadProject(folderOf(resolve(folder, project)))).network
  const name = template ?? defaultTemplate
  const network = templateNetwork(name)
  if (!network) throw new Error(`There is no template ${name}`)
  return network
}
