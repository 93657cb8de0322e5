import type { OpenProject } from '@shared/ipc/app'
import type { Dialogs } from './dialogs'
import { folderName, folderOf, loadProject } from './project-folder'
import type { Projects } from './projects'

/** Opens a project, after asking for its folder where none is named; null: the person cancelled. */
export async function openOrAsk(
  projects: Projects,
  dialogs: Pick<Dialogs, 'openProject'>,
  path: string | null,
): Promise<OpenProject | null> {
  const chosen = path ?? (await dialogs.openProject())
  return chosen === null ? null : projects.open(chosen)
}

/** Reads a project and leaves the open one open, after asking for its folder where none is named; null: cancelled. */
export async function readOrAsk(
  dialogs: Pick<Dialogs, 'openProject'>,
  path: string | null,
): Promise<OpenProject | null> {
  const chosen = path ?? (await dialogs.openProject())
  if (chosen === null) return null
  const folder = folderOf(chosen)
  return { path: folder, project: await loadProject(folder) }
}

/** Asks for a new folder and goes on there with a copy of the open project and its runs; null: cancelled. */
export async function askAndSaveAs(
  projects: Projects,
  dialogs: Pick<Dialogs, 'saveProjectAs'>,
): Promise<OpenProject | null> {
  const { project } = await projects.current()
  const target = await dialogs.saveProjectAs(folderName(project.name))
  return target === null ? null : projects.saveAs(target)
}
