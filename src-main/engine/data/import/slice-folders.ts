import { Refusal, type DecodedValues } from '../decode/contract'
import { inCountingOrder, volumeFromSlices } from '../decode/volume/slices'
import type { Found } from './gather'

/** The folder of each path (with `/`) with all paths in it; files in no folder are left out. */
function byFolder<T>(files: readonly T[], nameOf: (file: T) => string): Map<string, T[]> {
  const folders = new Map<string, T[]>()
  for (const file of files) {
    const name = nameOf(file)
    const end = name.lastIndexOf('/')
    if (end < 0) continue
    const folder = name.slice(0, end)
    const others = folders.get(folder)
    if (others) others.push(file)
    else folders.set(folder, [file])
  }
  return folders
}

/** A folder of pictures as one thing to be decoded, each; files in no folder stay what they are. */
export function volumesOfFolders(files: readonly Found[]): Found[] {
  const volumes = [...byFolder(files, ({ name }) => name)].map(([name, found]): Found => {
    const byName = new Map(found.map((file) => [file.name, file]))
    const slices = inCountingOrder([...byName.keys()]).flatMap((one) => byName.get(one) ?? [])
    return {
      name,
      path: slices[0]?.path ?? name,
      slices,
      open: () => Promise.reject(new Refusal('gone')),
    }
  })
  return [...volumes, ...files.filter(({ name }) => !name.includes('/'))]
}

const pictureFile = /\.(png|jpe?g|tiff?|bmp|webp|gif|pgm|ppm|pnm)$/i
/** Fewer make no volume that is worth the name. */
const fewestSlices = 4

/**
 * Folders that seem to hold the slices of a volume each: below classes, with a number in their own names (patient_07),
 * and with pictures whose names differ in a number alone that counts up without a gap. It has to be so for all folders,
 * since folders of single pictures are often numbered as well.
 */
export function sliceFoldersIn(names: readonly string[]): string[] {
  const folders = [...byFolder(names, (name) => name)]
  const depths = new Set(folders.map(([folder]) => folder.split('/').length))
  if (folders.length < 2 || [...depths].some((depth) => depth < 2)) return []
  const all = folders.every(
    ([folder, files]) => /\d/.test(folder.split('/').at(-1) ?? '') && files.length >= fewestSlices && countsUp(files),
  )
  return all ? folders.map(([folder]) => folder) : []
}

function countsUp(names: readonly string[]): boolean {
  const parts = names.map((name) => /^(.*?)(\d+)(\.[^./]+)$/.exec(name.slice(name.lastIndexOf('/') + 1)))
  const [first] = parts
  if (!first || !names.every((name) => pictureFile.test(name))) return false
  if (!parts.every((part) => part?.[1] === first[1] && part?.[3] === first[3])) return false
  const numbers = parts.map((part) => Number(part?.[2])).sort((one, other) => one - other)
  return numbers.every((number, n) => number === (numbers[0] ?? 0) + n)
}

/** The volume that some slices make; `decode` gives each as a picture. A refusal's `slice` tells which one it is about. */
export async function volumeOf(
  slices: readonly Found[],
  decode: (slice: Found) => Promise<DecodedValues>,
  mostValues: number,
): Promise<DecodedValues> {
  const pictures: DecodedValues[] = []
  for (const [n, slice] of slices.entries()) {
    const picture = await decode(slice).catch((thrown: unknown) => {
      throw thrown instanceof Refusal ? new Refusal(thrown.code, { ...thrown.params, slice: n + 1 }) : thrown
    })
    if (picture.kind !== 'picture') throw new Refusal('other-kind', { format: picture.format, slice: n + 1 })
    const count = picture.values.length * slices.length
    if (count > mostValues) throw new Refusal('too-many-values', { count, limit: mostValues, slice: n + 1 })
    pictures.push(picture)
  }
  return volumeFromSlices(pictures)
}
