/** Why a name in an archive must not be used, as the code of a reason: it leads, or would on some system, out of it. */
export function pathProblem(name: string): string | undefined {
  const parts = name.split(/[\\/]/)
  if (/^[\\/]/.test(name) || /^[a-z]:/i.test(name) || parts.includes('..')) return 'path-escapes'
  return name === '' || name.includes('\0') ? 'name-damaged' : undefined
}

/** Bytes of a name: UTF-8 where they can be, else in the encoding that zip had before. */
export function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : (upperHalf[byte - 128] ?? '?'))).join(
      '',
    )
  }
}

/** The upper half of code page 437. */
const upperHalf =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'
