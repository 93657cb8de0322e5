import type { CommanderError } from 'commander'
import type { Translate } from '../services/texts'

/**
 * What commander has to say of wrong words, in the person's language: its code names the text, what stands in quotes in
 * its own English sentence fills it.
 */
export function usageText(error: CommanderError, text: Translate): string {
  const plain = error.message.replace(/^error: /, '')
  if (error.code === 'commander.help') return text('cli.usage.noCommand')
  const invalid = /^option '(.+?)' argument '(.*?)' is invalid\. (.*)$/s.exec(plain)
  if (invalid) {
    const [, option = '', value = '', why = ''] = invalid
    return text('cli.usage.invalid', { option, value, why })
  }
  const [name = '', other = ''] = [...plain.matchAll(/'([^']*)'/g)].map((match) => match[1])
  const key = keys[error.code]
  return key ? text(`cli.usage.${key}`, { name, other }) : plain
}

const keys: Readonly<Record<string, string>> = {
  'commander.unknownOption': 'unknownOption',
  'commander.unknownCommand': 'unknownCommand',
  'commander.optionMissingArgument': 'missingValue',
  'commander.missingMandatoryOptionValue': 'missingOption',
  'commander.missingArgument': 'missingOption',
  'commander.conflictingOption': 'conflict',
  'commander.excessArguments': 'tooManyWords',
}
