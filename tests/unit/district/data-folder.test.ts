import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { findRunning, leaveFolder, openDataFolder, takeFolder } from '../../../district/data-folder.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

test('a folder has one district at a time, and is free again when that one leaves', () => {
  const folder = openDataFolder(path.join(tempFolder(), 'district'))
  const publish = takeFolder(folder)
  expect(publish).toBeDefined()
  expect(takeFolder(folder)).toBeUndefined()
  publish?.({ url: 'http://127.0.0.1:1', clockOffsetMs: -5 })
  expect(findRunning(folder)).toMatchObject({ pid: process.pid, url: 'http://127.0.0.1:1', clockOffsetMs: -5 })
  expect(fs.statSync(path.join(folder, 'running.json')).mode & 0o777).toBe(0o600)
  leaveFolder(folder)
  expect(findRunning(folder)).toBeUndefined()
  expect(takeFolder(folder)).toBeDefined()
})

test('what a killed district left does not hold the folder, even if its pid now belongs to another program', () => {
  const folder = openDataFolder(path.join(tempFolder(), 'district'))
  for (const left of [
    JSON.stringify({ pid: 2 ** 22 + 1, processStart: '5', clockOffsetMs: 0 }),
    JSON.stringify({ pid: process.pid, processStart: 'another start', clockOffsetMs: 0 }),
    '{"pid":',
  ]) {
    fs.writeFileSync(path.join(folder, 'running.json'), left)
    expect(findRunning(folder)).toBeUndefined()
    expect(takeFolder(folder)).toBeDefined()
    leaveFolder(folder)
  }
})
