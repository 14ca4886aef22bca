/** How electron-vite bundles the desk: main process, preload script and page. */
import fs from 'node:fs'
import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { NODE_TARGET, PAGE_TARGET } from './targets.mjs'

// electron-vite moves this file before it runs it, so only the working folder tells where the project is.
const root = process.cwd()
const out = path.join(root, 'out')
const pageFolder = path.join(root, 'renderer')
const pages = fs.readdirSync(pageFolder).filter((name) => name.endsWith('.html'))

export default defineConfig({
  main: {
    build: {
      target: NODE_TARGET,
      outDir: path.join(out, 'main'),
      // One file that starts quickly and leaves no node_modules to package.
      externalizeDeps: false,
      rolldownOptions: {
        input: { main: path.join(root, 'electron', 'main.ts') },
        output: { entryFileNames: '[name].js', codeSplitting: false },
      },
    },
  },
  preload: {
    build: {
      target: NODE_TARGET,
      outDir: path.join(out, 'preload'),
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: path.join(root, 'electron', 'preload.ts') },
        // A sandboxed preload script must be CommonJS in one file.
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: pageFolder,
    plugins: [react()],
    build: {
      target: PAGE_TARGET,
      outDir: path.join(out, 'renderer'),
      minify: true,
      // The content security policy allows no `data:` addresses.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4096,
      rolldownOptions: {
        input: Object.fromEntries(pages.map((name) => [path.basename(name, '.html'), path.join(pageFolder, name)])),
      },
    },
  },
})
