import { i18n } from '@/i18n'

/** What a person sees when not even the frame could be drawn: words and a way on instead of an empty window. */
export function showLastResort(host: HTMLElement): void {
  const { t } = i18n.global
  const box = document.createElement('main')
  box.className = 'last-resort'
  box.append(element('h1', t('app.lastResort.title')), element('p', t('app.lastResort.text')))
  const reload = element('button', t('app.lastResort.reload'))
  reload.className = 'pw-button pw-button--primary'
  reload.addEventListener('click', () => location.reload())
  box.append(reload)
  host.replaceChildren(box)
}

function element(name: 'h1' | 'p' | 'button', text: string): HTMLElement {
  const made = document.createElement(name)
  made.textContent = text
  return made
}
