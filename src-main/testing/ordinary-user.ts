import { chmod, chown, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** What systems call `nobody`. */
const nobody = 65_534

/**
 * Runs `work` as somebody whom permissions bind: they do not bind root, as which containers often run tests. `folders`
 * become that person's own, with all that is in them. Whoever is no root stays who they are.
 */
export async function asOrdinaryUser<T>(folders: readonly string[], work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0 || !process.seteuid) return work()
  for (const folder of folders) await giveAway(folder)
  process.seteuid(nobody)
  try {
    return await work()
  } finally {
    process.seteuid(0)
  }
}

async function giveAway(folder: string): Promise<void> {
  await chown(folder, nobody, nobody)
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { recursive: true })) await chown(join(folder, entry), nobody, nobody)
}
