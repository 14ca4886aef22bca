#!/usr/bin/env node
/**
 * electron-builder makes Debian packages with fpm, which it downloads from the internet. This program answers the
 * same call (`-s dir -t deb ...`) with dpkg-deb, which every Debian has.
 */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { controlFile, readOrder } from './package-order.mjs'

/** @typedef {import('./package-order.mjs').PackageOrder} PackageOrder */

const COMPRESSION_NAMES = /** @type {Record<string, string>} */ ({ gz: 'gzip', bzip2: 'bzip2', xz: 'xz' })
const MAINTAINER_SCRIPTS = /** @type {const} */ ({
  preinst: 'before-install',
  postinst: 'after-install',
  prerm: 'before-remove',
  postrm: 'after-remove',
})

/**
 * @param {PackageOrder['contents']} contents
 * @param {string} tree
 */
function layOut(contents, tree) {
  for (const { from, to } of contents) {
    const target = path.join(tree, to)
    if (from.endsWith('/')) {
      fs.mkdirSync(target, { recursive: true })
      execFileSync('cp', ['-a', `${from}.`, target])
    } else {
      fs.mkdirSync(path.dirname(target), { recursive: true })
      execFileSync('cp', ['-L', '--preserve=mode', from, target])
    }
  }
  execFileSync('chmod', ['-R', 'u+rwX,go+rX,go-w', tree])
}

/** @param {PackageOrder} order */
function buildDeb(order) {
  const { options, contents } = order
  const workshop = fs.mkdtempSync(path.join(os.tmpdir(), 'mot-cua-deb-'))
  try {
    const tree = path.join(workshop, 'root')
    layOut(contents, tree)
    const kilobytes = Number.parseInt(execFileSync('du', ['-sk', tree], { encoding: 'utf8' }), 10)
    const control = path.join(tree, 'DEBIAN')
    fs.mkdirSync(control)
    fs.writeFileSync(path.join(control, 'control'), controlFile(order, kilobytes))
    for (const [name, option] of Object.entries(MAINTAINER_SCRIPTS)) {
      const script = options[option]
      if (!script) continue
      fs.copyFileSync(script, path.join(control, name))
      fs.chmodSync(path.join(control, name), 0o755)
    }
    const compression = COMPRESSION_NAMES[options['deb-compression'] ?? ''] ?? 'xz'
    const target = options['p'] ?? options['package']
    if (!target) throw new Error('no target file was named')
    execFileSync('dpkg-deb', [`-Z${compression}`, '--root-owner-group', '--build', tree, target], { stdio: 'inherit' })
  } finally {
    fs.rmSync(workshop, { recursive: true, force: true })
  }
}

const order = readOrder(process.argv.slice(2))
if (order.options['t'] === 'deb') buildDeb(order)
else {
  console.error(`This stand-in for fpm makes Debian packages only, not "${order.options['t']}".`)
  process.exitCode = 2
}
