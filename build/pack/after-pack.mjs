/** The runtime is copied whole into a package; what only development uses is removed again. */
import fs from 'node:fs'
import path from 'node:path'

const LEFTOVERS = ['resources/default_app.asar', 'ok', 'version']

/**
 * Called by electron-builder, which wants a default export.
 * @param {{ appOutDir: string }} context
 */
// biome-ignore lint/style/noDefaultExport: electron-builder looks for it.
export default function afterPack({ appOutDir }) {
  for (const name of LEFTOVERS) fs.rmSync(path.join(appOutDir, name), { force: true })
}
