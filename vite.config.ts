import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig, type Plugin, type UserConfig } from 'vite'

/**
 * Two builds of the main process, one a mode: `main` (ESM for Electron's own Node) and `preload` (one CommonJS file,
 * because a sandboxed preload can be nothing else). The window has a configuration of its own. Everything is bundled
 * but what cannot be: Electron itself, the native keychain library, and pdf.js, whose data files and worker lie beside
 * it in its package.
 */

const root = import.meta.dirname
const outside = ['electron', 'keytar', 'pdfjs-dist']

/** Tray and window pictures, copied beside the main bundle under `icons/`. */
const icons: Plugin = {
  name: 'radpost-icons',
  generateBundle() {
    const folder = join(root, 'electron/desktop/icons')
    for (const name of readdirSync(folder).filter((file) => /^tray-.*\.png$/u.test(file))) {
      this.emitFile({ type: 'asset', fileName: `icons/${name}`, source: readFileSync(join(folder, name)) })
    }
  },
}

const main: UserConfig = {
  root,
  plugins: [icons],
  ssr: { noExternal: true, external: outside, target: 'node' },
  build: {
    ssr: true,
    ssrEmitAssets: true,
    outDir: 'out/main',
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    sourcemap: false,
    copyPublicDir: false,
    rolldownOptions: {
      external: [/^electron$/, /^keytar$/, /^pdfjs-dist(\/|$)/, /^node:/],
      input: {
        main: 'electron/main.ts',
        'parser-child': 'electron/desktop/parser-child.ts',
      },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
}

const preload: UserConfig = {
  root,
  ssr: { noExternal: true, external: outside },
  build: {
    ssr: true,
    outDir: 'out/preload',
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    sourcemap: false,
    copyPublicDir: false,
    rolldownOptions: {
      external: [/^electron$/],
      input: { preload: 'electron/preload.ts' },
      output: { format: 'cjs', entryFileNames: '[name].cjs' },
    },
  },
}

const configs: Readonly<Record<string, UserConfig>> = { main, preload }

export default defineConfig(({ mode }) => {
  // What ships is built for people, whatever the environment of the build says (vitest sets it to `test`).
  process.env['NODE_ENV'] = 'production'
  const config = configs[mode]
  if (config === undefined) throw new Error('Say what to build: --mode main or --mode preload.')
  return config
})
