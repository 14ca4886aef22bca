import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { stopLeftover } from '../../../district/postgres/leftover.ts'
import { canReach } from '../../../district/postgres/system-user.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

const somebody = { uid: 54_321, gid: 54_321 }

test('a folder below a private one cannot be reached by another user, below open ones it can', () => {
  const root = tempFolder()
  const outer = path.join(root, 'a')
  const inner = path.join(outer, 'b')
  fs.mkdirSync(inner, { recursive: true })
  // Whatever the umask of whoever runs this.
  for (const folder of [outer, inner]) fs.chmodSync(folder, 0o755)
  fs.chmodSync(root, 0o711)
  expect(canReach(inner, somebody)).toBe(true)
  fs.chmodSync(root, 0o700)
  expect(canReach(inner, somebody)).toBe(false)
  expect(canReach(inner, undefined)).toBe(true)
  expect(canReach(inner, { uid: fs.statSync(root).uid, gid: 54_321 })).toBe(true)
  fs.chmodSync(root, 0o711)
  fs.chmodSync(inner, 0o600)
  expect(canReach(inner, somebody)).toBe(false)
})

test('a pid file of a server that is gone is cleared; a program that merely has its number is left alone', async () => {
  const cluster = tempFolder()
  const pidFile = path.join(cluster, 'postmaster.pid')
  expect(await stopLeftover(cluster)).toBe('none')
  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  onTestFinished(() => void stranger.kill('SIGKILL'))
  for (const pid of [stranger.pid, 2 ** 22 + 1, 0, 1, 'nonsense']) {
    fs.writeFileSync(pidFile, `${pid}\n${cluster}\n`)
    expect(await stopLeftover(cluster)).toBe('stale')
    expect(fs.existsSync(pidFile)).toBe(false)
  }
  expect(stranger.exitCode).toBeNull()
})
