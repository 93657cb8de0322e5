import { z } from 'zod'
import { issueText } from '../ipc/contract'
import { AppError } from '../ipc/errors'
import { Project } from './schema'

const Versioned = z.object({ version: z.int().min(1) })

/** The newest version that this program writes. */
export const projectVersion = 1

/**
 * A project file's content, brought to the present version. `path` names the file in errors: a file of a newer version
 * and one that does not match its schema are refused, never guessed at.
 */
export function readProject(content: unknown, path: string): Project {
  const versioned = Versioned.safeParse(content)
  if (!versioned.success) throw new AppError('project-damaged', { path, detail: issueText(versioned.error) })
  const { version } = versioned.data
  if (version > projectVersion) throw new AppError('project-newer', { path, version, known: projectVersion })
  const project = Project.safeParse(content)
  if (!project.success) throw new AppError('project-damaged', { path, detail: issueText(project.error) })
  return project.data
}
