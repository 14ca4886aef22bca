/** Reads a call meant for fpm, and writes the control file of the Debian package it asks for. */

const SWITCHES = new Set(['--force'])

/**
 * @typedef {object} PackageOrder
 * @property {Record<string, string>} options the last value of each option
 * @property {string[]} depends
 * @property {string[]} recommends
 * @property {{ from: string, to: string }[]} contents
 */

/**
 * @param {readonly string[]} args
 * @returns {PackageOrder}
 */
export function readOrder(args) {
  /** @type {PackageOrder} */
  const order = { options: {}, depends: [], recommends: [], contents: [] }
  for (let at = 0; at < args.length; at += 1) {
    const argument = args[at] ?? ''
    if (SWITCHES.has(argument)) continue
    if (!argument.startsWith('-')) {
      const sign = argument.lastIndexOf('=')
      order.contents.push({ from: argument.slice(0, sign), to: argument.slice(sign + 1) })
      continue
    }
    at += 1
    const value = args[at] ?? ''
    if (argument === '-d' || argument === '--depends') order.depends.push(value)
    else if (argument === '--deb-recommends') order.recommends.push(value)
    else order.options[argument.replace(/^-+/, '')] = value
  }
  return order
}

/**
 * @param {PackageOrder} order
 * @param {number} installedKilobytes
 */
export function controlFile({ options, depends, recommends }, installedKilobytes) {
  const [summary, ...details] = (options['description'] || options['name'] || '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  return [
    `Package: ${options['name']}`,
    `Version: ${options['version']}`,
    `Architecture: ${options['architecture']}`,
    `Maintainer: ${options['maintainer']}`,
    `Installed-Size: ${installedKilobytes}`,
    ...(depends.length > 0 ? [`Depends: ${depends.join(', ')}`] : []),
    ...(recommends.length > 0 ? [`Recommends: ${recommends.join(', ')}`] : []),
    'Section: misc',
    `Priority: ${options['deb-priority'] || 'optional'}`,
    ...(options['url'] ? [`Homepage: ${options['url']}`] : []),
    `Description: ${summary}`,
    ...details.map((line) => ` ${line}`),
    '',
  ].join('\n')
}
