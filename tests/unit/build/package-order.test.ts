import { expect, test } from 'vitest'
import { controlFile, readOrder } from '../../../build/pack/package-order.mjs'

const ORDER = [
  ...['-s', 'dir', '--force', '-t', 'deb', '--name', 'mot-cua', '--version', '0.1.0', '--architecture', 'amd64'],
  ...['--maintainer', 'Một Cửa', '-d', 'libnss3', '-d', 'libgtk-3-0', '--deb-recommends', 'xdg-utils'],
  ...['--description', 'Bàn một cửa\n làm việc khi mất mạng', '--package', '/tmp/a.deb', '/tmp/app/=/opt/Một Cửa'],
]

test('an order for a Debian package is read', () => {
  const order = readOrder(ORDER)
  expect(order.options).toMatchObject({ t: 'deb', name: 'mot-cua', package: '/tmp/a.deb' })
  expect(order.contents).toEqual([{ from: '/tmp/app/', to: '/opt/Một Cửa' }])
})

test('the control file tells what dpkg must know', () => {
  const lines = controlFile(readOrder(ORDER), 1234).split('\n')
  expect(lines).toContain('Package: mot-cua')
  expect(lines).toContain('Installed-Size: 1234')
  expect(lines).toContain('Depends: libnss3, libgtk-3-0')
  expect(lines).toContain('Recommends: xdg-utils')
  expect(lines.at(-3)).toBe('Description: Bàn một cửa')
  expect(lines.at(-2)).toBe(' làm việc khi mất mạng')
})
