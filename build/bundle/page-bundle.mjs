/**
 * Bundles a TypeScript program into one classic script that can be brought into a page.
 *
 *   node build/bundle/page-bundle.mjs tests/bench/page/probe.ts out/bench/probe.js
 */
import path from 'node:path'
import { build } from 'vite'
import { ROOT } from '../paths.mjs'
import { PAGE_TARGET } from './targets.mjs'

const [entry, output] = process.argv.slice(2)
if (!entry || !output) throw new Error('usage: page-bundle.mjs ENTRY OUTPUT')

await build({
  root: ROOT,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  build: {
    target: PAGE_TARGET,
    outDir: path.resolve(ROOT, path.dirname(output)),
    emptyOutDir: false,
    minify: true,
    lib: {
      entry: path.resolve(ROOT, entry),
      formats: ['iife'],
      name: 'program',
      fileName: () => path.basename(output),
    },
  },
})
