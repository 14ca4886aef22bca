/** `npx vite --config tests/harness/browser/vite.config.mjs` shows the page on a fake desk in any browser. */
import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: { fs: { allow: [path.resolve(import.meta.dirname, '../../..')] } },
  build: {
    target: 'chrome130',
    outDir: path.resolve(import.meta.dirname, '../../../out/browser'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 8192,
  },
})
