import '@fontsource-variable/inter'
import './ui/tokens.css'
import './ui/base.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { showLastResort } from './frame/last-resort'
import { i18n } from './i18n'
import { useNoticesStore } from './stores/notices'
import { useProgramStore } from './stores/program'
import { useSettingsStore } from './stores/settings'

const pinia = createPinia()
const app = createApp(App).use(pinia).use(i18n)
const notices = useNoticesStore(pinia)

app.config.errorHandler = (thrown) => {
  notices.fail(thrown)
  void useProgramStore(pinia).reportError(thrown)
  const host = document.getElementById('app')
  if (host && !host.querySelector('.app')) showLastResort(host)
}

// Theme and language first, so that the first picture is already the right one.
await notices.attempt(() => useSettingsStore(pinia).load())
app.mount('#app')
