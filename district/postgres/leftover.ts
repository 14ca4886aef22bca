import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A district that was killed leaves its PostgreSQL running, or at least its pid file. Two servers on one cluster would
 * destroy it, so the old one is stopped first; a pid that now belongs to another program is left alone.
 */
export async function stopLeftover(cluster: string): Promise<'none' | 'stale' | 'stopped'> {
  const pidFile = path.join(cluster, 'postmaster.pid')
  if (!fs.existsSync(pidFile)) return 'none'
  const pid = Number(fs.readFileSync(pidFile, 'utf8').split('\n')[0])
  if (!Number.isInteger(pid) || pid <= 1 || !isServerOf(pid, cluster)) {
    fs.rmSync(pidFile, { force: true })
    return 'stale'
  }
  process.kill(pid, 'SIGINT')
  if (await hasEnded(pid, 20_000)) return 'stopped'
  process.kill(pid, 'SIGQUIT')
  if (await hasEnded(pid, 10_000)) return 'stopped'
  throw new Error(`the PostgreSQL of an earlier run (pid ${pid}) does not stop`)
}

function isServerOf(pid: number, cluster: string): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return commandLineOf(pid).includes(process.platform === 'win32' ? 'postgres' : cluster)
}

function commandLineOf(pid: number): string {
  try {
    if (process.platform === 'linux') return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    if (process.platform === 'win32') return execFileSync(tasklist(), ['/FI', `PID eq ${pid}`], { encoding: 'utf8' })
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}

function tasklist(): string {
  return path.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'tasklist.exe')
}

async function hasEnded(pid: number, withinMs: number): Promise<boolean> {
  for (let waited = 0; waited < withinMs; waited += 50) {
    try {
      process.kill(pid, 0)
    } catch {
      return true
    }
    if (isZombie(pid)) return true
    await sleep(50)
  }
  return false
}

/** In a container without an init, a dead process whose parent is gone stays listed. */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false
  try {
    return / Z /.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/\(.*\)/, ''))
  } catch {
    return true
  }
}
