/** Codecs that WAV files may carry and that are not read, by the number that Microsoft's mmreg.h gives them. */
export const codecNames: Readonly<Record<number, string>> = {
  0x0002: 'Microsoft ADPCM',
  0x0010: 'OKI ADPCM',
  0x0011: 'IMA ADPCM',
  0x0014: 'G.723 ADPCM',
  0x0022: 'TrueSpeech',
  0x0031: 'GSM 6.10',
  0x0040: 'G.721 ADPCM',
  0x0050: 'MPEG Layer 2',
  0x0055: 'MP3',
  0x0064: 'G.726 ADPCM',
  0x0092: 'Dolby AC-3',
  0x0160: 'Windows Media Audio',
  0x0161: 'Windows Media Audio',
  0x00ff: 'AAC',
}
