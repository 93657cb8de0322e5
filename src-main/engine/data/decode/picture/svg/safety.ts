import { Refusal } from '../../contract'
import { stylesIn, tagsIn } from './tags'

const ownPicture = /^data:image\/(png|jpe?g|gif|webp);base64,/i

/**
 * Refuses a drawing that wants something from outside of its file, as pictures, styles and entities: the decoder would
 * look for files of that name on this machine.
 */
export function checkSafety(text: string): void {
  if (/<!ENTITY/i.test(text) || /<!DOCTYPE[^>]*\[/i.test(text)) throw refusal('ENTITY')
  for (const { name, attributes } of tagsIn(text)) {
    for (const [key, value] of attributes) {
      // Where a link leads is nobody's business here: it is never followed.
      if (key.toLowerCase() === 'href' && name !== 'a') checkTarget(value)
      checkStyle(value)
    }
  }
  checkStyle(stylesIn(text))
}

/** What a style may name lies in the file itself. */
function checkStyle(style: string): void {
  if (/@import/i.test(style)) throw refusal('@import')
  for (const [, , target = ''] of style.matchAll(/url\s*\(\s*(["']?)([^"')]*)/gi)) checkTarget(target)
}

function checkTarget(target: string): void {
  const trimmed = target.trim()
  if (!trimmed.startsWith('#') && !ownPicture.test(trimmed)) throw refusal(trimmed.slice(0, 80))
}

function refusal(target: string): Refusal {
  return new Refusal('svg-outside', { target }, 'refused')
}
