import { mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { writePaper } from '../../../../electron/printing/write-paper.ts'
import { describeFailure } from '../../../../renderer/text/describe-refusal.ts'
import { tempFolder } from '../../../harness/temp-folder.ts'

const pdf = Buffer.from('%PDF-1.7')

test('a paper stands where it was wanted, in a folder that is made for it', async () => {
  const folder = tempFolder()
  expect(await writePaper(path.join(folder, 'giay', 'tiep-nhan.pdf'), pdf, vi.fn())).toEqual({ ok: true, value: null })
  expect(readdirSync(path.join(folder, 'giay'))).toEqual(['tiep-nhan.pdf'])
})

test('a place that takes no file is told, and nothing half-written stays', async () => {
  const folder = tempFolder()
  const file = path.join(folder, 'tiep-nhan.pdf')
  mkdirSync(file)
  const onTrouble = vi.fn()
  const written = await writePaper(file, pdf, onTrouble)
  expect(written).toEqual({ ok: false, error: { code: 'file/cannot-write' } })
  expect(onTrouble).toHaveBeenCalledOnce()
  expect(readdirSync(folder)).toEqual(['tiep-nhan.pdf'])
})

test('where there is no room the officer is told to make some there', () => {
  expect(describeFailure({ code: 'file/no-room' })).toMatchObject({
    action: expect.stringContaining('Xóa bớt tệp ở đó'),
  })
})
