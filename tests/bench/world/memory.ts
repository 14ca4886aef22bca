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
  return /--type=([\w-]+)/.exec(told(pid, 'cmdline'))?.[1] ?? 'other'
}

function pssOf(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(told(pid, 'smaps_rollup'))?.[1] ?? 0) / 1024
}

function descendants(pid: number): readonly number[] {
  const children = told(pid, `task/${pid}/children`).split(' ').filter(Boolean).map(Number)
  return children.flatMap((child) => [child, ...descendants(child)])
}

/** Of a process that has ended since it was listed, nothing. */
function told(pid: number, file: string): string {
  try {
    return fs.readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
