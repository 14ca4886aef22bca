import { mkdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { describeStartFailure } from '../../../electron/start-failure.ts'
import { openDataKey } from '../../../electron/vault/data-key.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

const withoutKeyring = { available: false, wrap: () => Buffer.alloc(0), unwrap: () => '' }
const sealed = (folder: string) => path.join(folder, 'journal')
const disk = (code: string) => Object.assign(new Error(`${code}: write`), { code })

test.each([
  ['ENOSPC', /Ổ đĩa đầy.*còn nguyên.*Xóa bớt tệp khác.*mở lại phần mềm/],
  ['EDQUOT', /Ổ đĩa đầy/],
  ['EROFS', /chỉ cho đọc.*còn nguyên.*mở quyền ghi.*mở lại phần mềm/],
  ['EACCES', /chỉ cho đọc/],
  ['EIO', /Ổ đĩa đọc ghi bị lỗi.*kiểm tra ổ đĩa/],
])('a start that the disk answers with %s tells it, and what to do', (code, words) => {
  expect(describeStartFailure(disk(code))).toMatch(words)
})

test('a start without the keyring that wrapped the key asks for the right account', async () => {
  const folder = tempFolder()
  await openDataKey(folder, { available: true, wrap: (text) => Buffer.from(text), unwrap: String }, sealed(folder))
  const cause = await openDataKey(folder, withoutKeyring, sealed(folder)).catch((thrown: unknown) => thrown)
  expect(describeStartFailure(cause)).toMatch(/Không mở được khóa dữ liệu/)
})

test('anything else, such as a loop where the data should lie, gets the words of a bug', async () => {
  const folder = path.join(tempFolder(), 'vault')
  mkdirSync(folder)
  symlinkSync('data-key.json', path.join(folder, 'data-key.json'))
  const cause = await openDataKey(folder, withoutKeyring, sealed(folder)).catch((thrown: unknown) => thrown)
  expect(describeStartFailure(cause)).toMatch(/^Phần mềm chưa mở được\. .*báo người quản trị/)
})
