// Runs in Node when the window is built, unlike everything else in this folder.
// oxlint-disable no-restricted-imports
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, type UserConfig } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))

/**
 * The decoders of scanned pages (JPEG 2000, JBIG2, fax), which the PDF worker imports by a fixed name. The plain
 * JavaScript forms are taken because WebAssembly would need `wasm-unsafe-eval` in the content security policy.
 */
function scanDecoders(): Plugin {
  const names = ['openjpeg_nowasm_fallback.js', 'jbig2_nowasm_fallback.js']
  return {
    name: 'radpost:scan-decoders',
    apply: 'build',
    async generateBundle() {
      for (const name of names) {
        const source = await readFile(fileURLToPath(import.meta.resolve(`pdfjs-dist/wasm/${name}`)))
        this.emitFile({ type: 'asset', fileName: `pdf/${name}`, source })
      }
    },
  }
}

/** `?base64`: a file's bytes as the text of a module, for what the window may not fetch. */
function base64Modules(): Plugin {
  const query = '?base64'
  return {
    name: 'radpost:base64-modules',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(query)) return null
      const bytes = await readFile(id.slice(0, -query.length))
      return `export default ${JSON.stringify(bytes.toString('base64'))}`
    },
  }
}

type LockedPackage = { readonly version?: string; readonly license?: string; readonly dev?: boolean }

/** `virtual:licences`: the packages that ship, as the lockfile has them. */
function licences(): Plugin {
  const name = 'virtual:licences'
  return {
    name: 'radpost:licences',
    resolveId: (id) => (id === name ? `\0${name}` : null),
    async load(id) {
      if (id !== `\0${name}`) return null
      const text = await readFile(new URL('../package-lock.json', import.meta.url), 'utf8')
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- npm writes it
      const lock = JSON.parse(text) as { packages: Record<string, LockedPackage> }
      const folder = 'node_modules/'
      const list = Object.entries(lock.packages)
        .filter(([path, { dev }]) => path.includes(folder) && dev !== true)
        .map(([path, { version = '', license = '' }]) => ({
          name: path.slice(path.lastIndexOf(folder) + folder.length),
          version,
          licence: license,
        }))
      return `export default ${JSON.stringify(list.toSorted((a, b) => a.name.localeCompare(b.name)))}`
    },
  }
}

const config: UserConfig = {
  root: here,
  base: './',
  plugins: [base64Modules(), licences(), react(), scanDecoders()],
  build: {
    outDir: fileURLToPath(new URL('../out/renderer', import.meta.url)),
    emptyOutDir: true,
    target: 'chrome140',
    // The polyfill fetches; the window makes no request (electron-practice 1.1).
    modulePreload: { polyfill: false },
    // Files only: a data: address in a style sheet would need a wider policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_600,
    rolldownOptions: {
      output: {
        chunkFileNames: ({ facadeModuleId }) =>
          facadeModuleId?.endsWith('?base64') === true ? 'pdf/[name].js' : 'assets/[name]-[hash].js',
      },
    },
  },
}

export default defineConfig(({ command }) => {
  // What ships is built for people, whatever the environment of the build says (vitest sets it to `test`).
  if (command === 'build') process.env['NODE_ENV'] = 'production'
  return config
})
