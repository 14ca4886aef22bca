import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Step } from './trace.ts'

/** What a cut does to the writes no sync had covered. */
export const cutWays = ['drop', 'keep', 'some', 'torn', 'sectors'] as const
export type CutWay = (typeof cutWays)[number]

const sectorBytes = 512

type Change = Extract<Step, { kind: 'write' | 'truncate' }>
type Naming = Extract<Step, { kind: 'name' | 'rename' | 'unname' }>

interface Content {
  bytes: Buffer
  size: number
  pending: Change[]
}

/**
 * A disk whose power is cut after a step of the recording.
 * 1. A sync makes a file's writes durable that had returned before it began; `fsync` also the file's own name.
 * 2. A folder's sync makes names, renames and removals in it durable.
 * 3. Everything else may be there, or not, or in part, each thing for itself; a rename is whole or not there.
 */
export function diskAt(
  steps: readonly Step[],
  cutAt: number,
  way: CutWay,
  random: () => number,
): ReadonlyMap<string, Buffer | 'folder'> {
  const contents = new Map<number, Content>()
  const contentOf = (file: number) => {
    const content = contents.get(file) ?? { bytes: Buffer.alloc(0), size: 0, pending: [] }
    contents.set(file, content)
    return content
  }
  const names = new Map<string, number | 'folder'>()
  let pendingNames: Naming[] = []
  const settleNames = (isDone: (naming: Naming) => boolean) => {
    const done = pendingNames.filter(isDone)
    pendingNames = pendingNames.filter((naming) => !isDone(naming))
    for (const naming of done) rename(names, naming)
  }
  for (const step of steps) {
    if (step.start >= cutAt) continue
    const isOver = step.end < cutAt
    switch (step.kind) {
      case 'write':
      case 'truncate':
        contentOf(step.file).pending.push(step)
        break
      case 'name':
      case 'rename':
      case 'unname':
        pendingNames.push(step)
        break
      case 'sync': {
        if (!isOver) break
        const content = contentOf(step.file)
        for (const change of content.pending) if (change.end < step.start) apply(content, change)
        content.pending = content.pending.filter((change) => change.end >= step.start)
        if (step.withName) {
          settleNames((naming) => naming.end < step.start && naming.kind !== 'unname' && naming.file === step.file)
        }
        break
      }
      case 'sync-folder':
        if (isOver) settleNames((naming) => naming.end < step.start && folderOf(naming) === step.folder)
        break
      case 'said':
        break
    }
  }
  for (const naming of pendingNames) if (isKept(way, random)) rename(names, naming)
  for (const content of contents.values()) breakOff(content, way, random)
  return filesOf(names, contents)
}

function isKept(way: CutWay, random: () => number): boolean {
  return way === 'keep' || (way !== 'drop' && random() < 0.5)
}

function folderOf(naming: Naming): string {
  return path.dirname(naming.kind === 'rename' ? naming.to : naming.path)
}

function rename(names: Map<string, number | 'folder'>, naming: Naming): void {
  if (naming.kind === 'unname') names.delete(naming.path)
  if (naming.kind === 'name') names.set(naming.path, naming.file)
  if (naming.kind === 'rename') {
    if (names.get(naming.from) === naming.file) names.delete(naming.from)
    names.set(naming.to, naming.file)
  }
}

/** Lets a part of what was never synced reach the disk, in any order. */
function breakOff(content: Content, way: CutWay, random: () => number): void {
  const changes = content.pending
  if (way === 'drop') return
  const shuffled = way === 'some' ? changes.toSorted(() => random() - 0.5) : changes
  for (const change of shuffled) {
    if (way === 'keep' || change.kind === 'truncate') {
      if (isKept(way, random)) apply(content, change)
    } else if (way === 'some') {
      if (random() < 0.5) apply(content, change)
    } else if (way === 'torn') {
      const bytes = change.bytes.subarray(0, Math.floor(random() * (change.bytes.byteLength + 1)))
      apply(content, { ...change, bytes })
    } else {
      applySectors(content, change, random)
    }
  }
}

function applySectors(content: Content, change: Extract<Change, { kind: 'write' }>, random: () => number): void {
  const { offset, bytes } = change
  for (let from = 0; from < bytes.byteLength; ) {
    const to = Math.min(bytes.byteLength, (Math.floor((offset + from) / sectorBytes) + 1) * sectorBytes - offset)
    if (random() < 0.5) apply(content, { ...change, offset: offset + from, bytes: bytes.subarray(from, to) })
    from = to
  }
}

function apply(content: Content, change: Change): void {
  if (change.kind === 'truncate') {
    content.bytes.fill(0, Math.min(change.size, content.bytes.byteLength))
    content.size = change.size
    return
  }
  const end = change.offset + change.bytes.byteLength
  if (end > content.bytes.byteLength) {
    const grown = Buffer.alloc(Math.max(end, content.bytes.byteLength * 2))
    content.bytes.copy(grown, 0, 0, content.size)
    content.bytes = grown
  }
  change.bytes.copy(content.bytes, change.offset)
  content.size = Math.max(content.size, end)
}

function filesOf(
  names: ReadonlyMap<string, number | 'folder'>,
  contents: ReadonlyMap<number, Content>,
): ReadonlyMap<string, Buffer | 'folder'> {
  const files = new Map<string, Buffer | 'folder'>()
  for (const [name, file] of names) {
    if (file === 'folder') files.set(name, file)
    else {
      const content = contents.get(file)
      const bytes = Buffer.alloc(content?.size ?? 0)
      content?.bytes.copy(bytes, 0, 0, content.size)
      files.set(name, bytes)
    }
  }
  return files
}

/** Lays the disk out under another root; what lies in a folder that did not survive is gone with it. */
export function layOut(disk: ReadonlyMap<string, Buffer | 'folder'>, root: string, to: string): void {
  mkdirSync(to, { recursive: true })
  const isReachable = (name: string): boolean =>
    name === root || (disk.get(name) === 'folder' && isReachable(path.dirname(name)))
  const sorted = [...disk].sort(([a], [b]) => a.length - b.length)
  for (const [name, content] of sorted) {
    if (name === root || !isReachable(path.dirname(name))) continue
    const target = path.join(to, path.relative(root, name))
    if (content === 'folder') mkdirSync(target, { recursive: true })
    else writeFileSync(target, content)
  }
}
