// @ts-check
/** @typedef {import('./speech-sources.mjs').Clip} Clip */

/** Where each licence stands in full. */
const texts = {
  CC0: 'https://creativecommons.org/publicdomain/zero/1.0/',
  'CC0-1.0': 'https://creativecommons.org/publicdomain/zero/1.0/',
  'CC-BY-3.0': 'https://creativecommons.org/licenses/by/3.0/',
  'CC-BY-4.0': 'https://creativecommons.org/licenses/by/4.0/',
  'CC-BY-SA-3.0': 'https://creativecommons.org/licenses/by-sa/3.0/',
  'CC-BY-SA-4.0': 'https://creativecommons.org/licenses/by-sa/4.0/',
  MIT: 'licences/sonic-pi-samples.txt',
  'BSD-3-Clause': 'licences/asterisk-prompt-fr-armelle.txt',
}

/**
 * Whose the clips are, in words.
 * @param {readonly Clip[]} clips
 * @param {{ readonly train: number, readonly test: number }} counts
 */
export function speechNotice(clips, { train, test }) {
  const packages = grouped(clips)
  const used = [...new Set(clips.map(({ licence }) => licence))].sort()
  return `Is a person speaking? ${clips.length} clips of one second
${'='.repeat(60)}

speech.zip holds ${train} + ${train} clips to learn from and ${test} + ${test} to be tested on, of speech and of other sounds:
8,000 frames a second, one channel, 16 bits, as FLAC. No source is in both parts.

Every clip is under the licence of its source and stays under it: clips under a share-alike licence may be given on,
changed or not, under that licence. Putting them together adds no condition. sources.csv names source, second, licence
and authors of every clip; licences/ holds the copyright notices of the packages that they come from.

Changes: all clips were decoded, mixed to one channel, brought to 8,000 frames a second, cut to one second (a quarter of
them put at a random place in a second of silence) and scaled to a random loudness, then packed as FLAC without loss.

Licences
--------
${used.map((licence) => `${licence}: ${texts[/** @type {keyof typeof texts} */ (licence)]}`).join('\n')}

Sources and authors
-------------------
${[...packages]
  .sort()
  .map(([name, own]) => describe(name, own))
  .join('\n')}
The sources are packages of Debian 12 (https://packages.debian.org/bookworm/<name>), but for free-spoken-digit-dataset
(https://github.com/Jakobovski/free-spoken-digit-dataset). None of the authors endorses Patchwork.
`
}

/** @param {readonly Clip[]} clips */
function grouped(clips) {
  /** @type {Map<string, Clip[]>} */
  const groups = new Map()
  for (const clip of clips) {
    const [name = ''] = clip.source.split('/')
    groups.set(name, [...(groups.get(name) ?? []), clip])
  }
  return groups
}

/** @param {string} name @param {readonly Clip[]} clips */
function describe(name, clips) {
  const holders = new Map(clips.map(({ licence, authors }) => [`  ${licence}: ${authors}`, 0]))
  const lines = [...holders.keys()].sort()
  return `${name} (${clips.length} clips)\n${lines.join('\n')}\n`
}

export const volumesNotice = `AdrenalMNIST3D of MedMNIST v2
=============================

Shapes of 1,584 adrenal glands (792 patients), drawn by an expert in abdominal CT scans, as volumes of 28 × 28 × 28 values
of 0 or 255. Classes: normal, hyperplasia. The file is unchanged; classes.txt names its two labels.

Licence: Creative Commons Attribution 4.0 International, https://creativecommons.org/licenses/by/4.0/

Authors: Jiancheng Yang, Rui Shi, Donglai Wei, Zequan Liu, Lin Zhao, Bilian Ke, Hanspeter Pfister, Bingbing Ni:
"MedMNIST v2 - A large-scale lightweight benchmark for 2D and 3D biomedical image classification", Scientific Data 10,
41 (2023), https://doi.org/10.1038/s41597-022-01721-8. Web page: https://medmnist.com
The authors do not endorse Patchwork. The set is for learning and research, not for use on patients.
`
