import fs from 'node:fs'

/** Memory of an Electron app by kind of process, in MB: shared pages are counted once (PSS). */
export function memoryOf(mainPid: number): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const pid of [mainPid, ...descendants(mainPid)]) {
    const kind = pid === mainPid ? 'main' : kindOf(pid)
    sums.set(kind, (sums.get(kind) ?? 0) + pssOf(pid))
  }
  return sums
}

function kindOf(pid: number): string {
  return /--type=([\w-]+)/.exec(fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8'))?.[1] ?? 'other'
}

function pssOf(pid: number): number {
  const rollup = fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024
}

function descendants(pid: number): readonly number[] {
  const children = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  return children.flatMap((child) => [child, ...descendants(child)])
}
