import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openFrameFile, readFrameFile } from '../../../electron/journal/frame-file.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

const frameKey = { key: new Uint8Array(32).fill(7), label: 'test' }
const plain = (text: string) => Buffer.from(text)

async function openedFile(file: string, end = 0, nextOrdinal = 0) {
  const opened = await openFrameFile(file, frameKey, end, nextOrdinal)
  onTestFinished(() => opened.close().catch(() => undefined))
  return opened
}

const textsIn = async (file: string) => (await readFrameFile(file, frameKey)).frames.map((frame) => String(frame.plain))

test('an append after the first lies in zeros that are there already; a closed file has none', async () => {
  const file = path.join(tempFolder(), 'frames')
  const frames = await openedFile(file)
  await frames.append([plain('một')])
  const { size } = statSync(file)
  await frames.append([plain('hai')])
  expect(statSync(file).size).toBe(size)
  expect(frames.bytes()).toBeLessThan(size)
  await frames.close()
  expect(statSync(file).size).toBe(frames.bytes())
  expect(await textsIn(file)).toEqual(['một', 'hai'])
})

test('what a killed desk leaves, zeros behind the last frame, is whole and goes on where it ended', async () => {
  const file = path.join(tempFolder(), 'frames')
  const frames = await openedFile(file)
  await frames.append([plain('một')])
  const left = `${file}.left`
  copyFileSync(file, left)
  const content = await readFrameFile(left, frameKey)
  expect(content).toMatchObject({ tornBytes: 0, gaps: 0, fileBytes: frames.bytes() })
  const again = await openedFile(left, content.fileBytes, 1)
  await again.append([plain('hai')])
  await again.close()
  expect(await readFrameFile(left, frameKey)).toMatchObject({ tornBytes: 0, gaps: 0, fileBytes: again.bytes() })
  expect(await textsIn(left)).toEqual(['một', 'hai'])
})

test('a write torn inside the zeros is told apart from them', async () => {
  const file = path.join(tempFolder(), 'frames')
  const frames = await openedFile(file)
  await frames.append([plain('một')])
  const end = frames.bytes()
  await frames.append([plain('hai')])
  const bytes = readFileSync(file)
  // The disk has the first half of the second frame.
  const half = end + Math.floor((frames.bytes() - end) / 2)
  bytes.fill(0, half)
  const torn = `${file}.torn`
  writeFileSync(torn, bytes)
  const content = await readFrameFile(torn, frameKey)
  expect(content.frames).toHaveLength(1)
  expect(content.gaps).toBe(0)
  expect(content.tornBytes).toBeGreaterThan(0)
  expect(content.fileBytes - content.tornBytes).toBe(end)
})

test('an append larger than what is laid out is written as it is, and the next small one lays out again', async () => {
  const file = path.join(tempFolder(), 'frames')
  const frames = await openedFile(file)
  await frames.append([Buffer.alloc(300 * 1024, 1)])
  expect(statSync(file).size).toBe(frames.bytes())
  await frames.append([plain('một')])
  expect(statSync(file).size).toBeGreaterThan(frames.bytes())
  expect(await readFrameFile(file, frameKey)).toMatchObject({ tornBytes: 0, gaps: 0, fileBytes: frames.bytes() })
})
