import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

/** Whom PostgreSQL runs as. Undefined: as ourselves. */
export interface SystemUser {
  readonly uid: number
  readonly gid: number
}

/** PostgreSQL refuses to run as root, so root runs it as the system user `postgres`, made when it is missing. */
export function systemUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const known = findUser('postgres')
  if (known) return known
  execFileSync('useradd', [
    ...['--system', '--user-group', '--no-create-home'],
    ...['--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', 'postgres'],
  ])
  const made = findUser('postgres')
  if (!made) throw new Error('the system user "postgres" could not be made')
  return made
}

function findUser(name: string): SystemUser | undefined {
  const entry = fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([user]) => user === name)
  return entry ? { uid: Number(entry[2]), gid: Number(entry[3]) } : undefined
}

/** True when the user may walk down to the folder, itself included. */
export function canReach(folder: string, user: SystemUser | undefined): boolean {
  if (!user) return true
  const real = fs.realpathSync(folder)
  const steps = [real]
  while (steps[0] && path.dirname(steps[0]) !== steps[0]) steps.unshift(path.dirname(steps[0]))
  return steps.every((step) => {
    const { mode, uid, gid } = fs.statSync(step)
    if (uid === user.uid) return (mode & 0o100) !== 0
    if (gid === user.gid) return (mode & 0o010) !== 0
    return (mode & 0o001) !== 0
  })
}
