const tseslint = require('typescript-eslint')
const vue = require('eslint-plugin-vue')
const prettier = require('eslint-config-prettier')

/** A border in the import graph: which modules a folder must not import, and which door to take instead. */
function border(files, ignores, ...banned) {
  return {
    files,
    ignores,
    rules: {
      'no-restricted-imports': ['error', { patterns: banned.map(([group, message]) => ({ group, message })) }],
    },
  }
}

const electron = [
  ['electron', 'electron/*'],
  'Electron belongs to the main process: src-main/{main,window,menu,preload}.ts, ipc/serve.ts, services, engine-host/launch.ts.',
]
const node = [['node:*', 'fs', 'path', 'os'], 'Shared and renderer code has no Node: ask main through the contract.']
const tfjs = [['@tensorflow/*'], 'tfjs has one door: src-main/engine/tf.ts.']
const engine = [
  ['@engine/*', '@engine', '**/src-main/engine/*'],
  'Only the engine itself knows its insides: talk to it through @shared/ipc/engine.',
]
const main = [['@main/*', '**/src-main/*'], 'Renderer and shared code never import the main process: use @shared.']
const renderer = [['@/*', '**/src-renderer/*'], 'Main, engine and shared code never import the renderer.']
const view = [
  ['vue', 'pinia', 'vue-i18n', '@vue-flow/*', 'reka-ui', '@lucide/vue', 'chart.js', 'chart.js/*'],
  'Views live in src-renderer.',
]
const flow = [['@vue-flow/*'], 'Vue Flow has one door: features/design/canvas.']
const chart = [['chart.js', 'chart.js/*'], 'chart.js has one door: charts/.']
const api = [['@/api', '**/api'], 'Only stores call main (through api.ts); components read stores.']
const product = [
  ['@shared/*', '@/stores/*', '@/features/*', '@/charts/*'],
  'The kit and the charts know nothing of the product: pass values in, emit events out.',
]
const areas = ['data', 'design', 'train', 'look', 'export', 'settings', 'help']

module.exports = tseslint.config(
  { ignores: ['node_modules/', 'out/', 'dist/', 'test-results/', 'playwright-report/'] },
  // AssemblyScript is written as TypeScript, but its types mean something else; its own compiler checks it.
  { ignores: ['src-main/engine/data/wasm/assembly/'] },
  ...tseslint.configs.recommended,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.ts', '**/*.mts', '**/*.vue'],
    languageOptions: {
      parserOptions: {
        parser: tseslint.parser,
        projectService: true,
        extraFileExtensions: ['.vue'],
        tsconfigRootDir: __dirname,
      },
    },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 400 }],
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/no-v-html': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  // `as` only where the typing helpers need it, and in tests; `as const` is always fine.
  {
    files: ['src-main/**/*.ts', 'src-renderer/**/*.ts', 'src-renderer/**/*.vue'],
    ignores: ['**/*.test.ts', '**/ipc/contract.ts', '**/shared/*/define.ts', '**/ipc/client.ts'],
    rules: { '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }] },
  },
  {
    files: ['**/*.test.ts', 'e2e/**'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', 'max-lines': 'off' },
  },
  {
    files: ['eslint.config.js'],
    languageOptions: { sourceType: 'commonjs' },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  { files: ['e2e/**', 'scripts/**', 'src-main/cli/**'], rules: { 'no-console': 'off' } },

  border(['src-main/shared/**'], [], electron, node, tfjs, engine, main, renderer, view),
  border(
    ['src-main/engine/**'],
    ['src-main/engine/tf.ts', '**/*.test.ts'],
    electron,
    [tfjs[0], tfjs[1]],
    renderer,
    view,
  ),
  border(['src-main/engine/tf.ts'], [], electron, renderer, view),
  border(
    ['src-main/engine-host/**', 'src-main/cli/**'],
    ['src-main/engine-host/launch.ts'],
    electron,
    tfjs,
    engine,
    renderer,
    view,
  ),
  border(
    ['src-main/services/**', 'src-main/ipc/**', 'src-main/*.ts', 'src-main/engine-host/launch.ts'],
    [],
    tfjs,
    engine,
    renderer,
    view,
  ),
  border(['src-renderer/ui/**'], [], electron, node, tfjs, engine, main, product, flow, chart, api),
  border(['src-renderer/charts/**'], [], electron, node, tfjs, engine, main, product, flow, api),
  border(
    ['src-renderer/stores/**', 'src-renderer/api.ts', 'src-renderer/main.ts'],
    [],
    electron,
    node,
    tfjs,
    engine,
    main,
    flow,
    chart,
  ),
  border(
    [
      'src-renderer/composables/**',
      'src-renderer/params/**',
      'src-renderer/samples/**',
      'src-renderer/*.vue',
      'src-renderer/frame/**',
    ],
    [],
    electron,
    node,
    tfjs,
    engine,
    main,
    flow,
    chart,
    api,
  ),
  ...areas.map((area) =>
    border(
      [`src-renderer/features/${area}/**`],
      [],
      electron,
      node,
      tfjs,
      engine,
      main,
      chart,
      api,
      ...(area === 'design' ? [] : [flow]),
      [
        areas.filter((other) => other !== area).map((other) => `@/features/${other}/*`),
        'No feature area imports another: move what two need to ui/, composables/ or a store.',
      ],
    ),
  ),
  prettier,
)
