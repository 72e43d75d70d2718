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

const config: UserConfig = {
  root: here,
  base: './',
  plugins: [base64Modules(), react(), scanDecoders()],
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
