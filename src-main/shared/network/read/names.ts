import { snakeCase } from '../../layers/keras-layer'
import { automaticName } from '../code/names'

/**
 * The name that a person gave to a layer; empty where the framework or Patchwork numbered it themselves: `conv2d_3`
 * (Keras), `conv2d_Conv2D3` (tfjs), `conv2d-3` (here).
 */
export function personalName(name: string, className: string, kind: string): string {
  const words = className.replace(/[^A-Za-z0-9]/g, '')
  const usual = [automaticName(className), snakeCase(words).replace(/^_/, ''), kind, 'input', 'input_layer', 'layer']
  const stem = name.replace(new RegExp(`_${words}\\d+$`), '').replace(/[\s_-]?\d+$/, '')
  const automatic = usual.includes(stem) || usual.includes(name)
  return automatic ? '' : name.trim().slice(0, 80)
}
