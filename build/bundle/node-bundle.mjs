/**
 * Bundles a TypeScript program for Node into one ES module; installed packages stay outside.
 *
 *   node build/bundle/node-bundle.mjs district/main.ts out/district/main.js
 */
import path from 'node:path'
import { build } from 'vite'
import { ROOT } from '../paths.mjs'
import { NODE_TARGET } from './targets.mjs'

const [entry, output] = process.argv.slice(2)
if (!entry || !output) throw new Error('usage: node-bundle.mjs ENTRY OUTPUT')

await build({
  root: ROOT,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  build: {
    ssr: path.resolve(ROOT, entry),
    target: NODE_TARGET,
    outDir: path.resolve(ROOT, path.dirname(output)),
    emptyOutDir: true,
    minify: false,
    sourcemap: true,
    rolldownOptions: { output: { entryFileNames: path.basename(output), codeSplitting: false } },
  },
})
