import { cpSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** One way to damage a desk's files; `todayRoot` stays as it was, `yesterday` is an older copy of it. */
export interface Harm {
  readonly name: string
  /** Whether what the desk had not sent may lie in no file any more. */
  readonly takesBothCopies: boolean
  readonly apply: (desk: string, yesterday: string, random: () => number) => void
  /** A second harm, after the desk was opened and closed once more. */
  readonly later?: (desk: string) => void
}

const journal = (desk: string) => path.join(desk, 'journal')
const segments = (desk: string) =>
  readdirSync(journal(desk))
    .filter((name) => /^\d{6}\.log$/.test(name))
    .sort()
const firstSegment = (desk: string) => path.join(journal(desk), '000001.log')
const lastSegment = (desk: string) => path.join(journal(desk), segments(desk).at(-1) ?? '')
/** A name no segment has yet. */
const nextSegment = (desk: string) => path.join(journal(desk), `00000${segments(desk).length + 1}.log`)
const mirror = (desk: string) => path.join(desk, 'mirror', 'mirror.log')
const snapshot = (desk: string) => path.join(desk, 'mirror', 'index.snapshot')
const journalId = (desk: string) => path.join(desk, 'journal', 'journal-id')

const files = { firstSegment, lastSegment, mirror, snapshot, journalId } as const

function changeBytes(file: string, change: (bytes: Buffer) => void): void {
  const bytes = readFileSync(file)
  change(bytes)
  writeFileSync(file, bytes)
}

const perFile = Object.entries(files).flatMap(([name, fileOf]): readonly Harm[] => [
  {
    name: `${name}: a bit flipped`,
    takesBothCopies: false,
    apply: (desk, _, random) =>
      changeBytes(fileOf(desk), (bytes) => {
        const at = Math.floor(random() * bytes.byteLength)
        bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8))
      }),
  },
  {
    name: `${name}: a stretch zeroed`,
    takesBothCopies: false,
    apply: (desk, _, random) =>
      changeBytes(fileOf(desk), (bytes) => {
        const from = Math.floor(random() * bytes.byteLength)
        bytes.fill(0, from, Math.min(bytes.byteLength, from + 1 + Math.floor(random() * 20_000)))
      }),
  },
  {
    name: `${name}: cut short`,
    takesBothCopies: false,
    apply: (desk, _, random) => {
      const { byteLength } = readFileSync(fileOf(desk))
      truncateSync(fileOf(desk), Math.floor(random() * byteLength))
    },
  },
  { name: `${name}: missing`, takesBothCopies: false, apply: (desk) => rmSync(fileOf(desk)) },
])

/** Flips a bit in a frame, counted from the end of its file. */
function flipFrame(file: string, fromEnd: number): void {
  changeBytes(file, (bytes) => {
    let at = bytes.byteLength
    for (let back = 0; back < fromEnd; back += 1) at = bytes.lastIndexOf('MCf1', at - 1)
    bytes[at + 60] = (bytes[at + 60] ?? 0) ^ 1
  })
}

function back(desk: string, yesterday: string, folders: readonly string[]): void {
  for (const name of folders) {
    rmSync(path.join(desk, name), { recursive: true, force: true })
    if (existsSync(path.join(yesterday, name))) {
      cpSync(path.join(yesterday, name), path.join(desk, name), { recursive: true })
    }
  }
}

export const wholeFolderOfYesterday: Harm = {
  name: 'whole folder of yesterday',
  takesBothCopies: true,
  apply: (desk, yesterday) => back(desk, yesterday, readdirSync(desk)),
}

export const bothFoldersGone: Harm = {
  name: 'journal and mirror folders gone',
  takesBothCopies: true,
  apply(desk) {
    rmSync(journal(desk), { recursive: true })
    rmSync(path.join(desk, 'mirror'), { recursive: true })
  },
}

/** Every harm, tried in turn. */
export const harms: readonly Harm[] = [
  ...perFile,
  {
    name: 'the journal doubled under another number',
    takesBothCopies: false,
    apply: (desk) => cpSync(lastSegment(desk), nextSegment(desk)),
  },
  {
    name: 'the journal under a wrong number',
    takesBothCopies: false,
    apply(desk) {
      const file = lastSegment(desk)
      cpSync(file, nextSegment(desk))
      rmSync(file)
    },
  },
  {
    name: 'journal and snapshot damaged',
    takesBothCopies: false,
    apply(desk, yesterday, random) {
      for (const harm of perFile.filter(({ name }) => /^(\w+Segment|snapshot): a stretch/.test(name))) {
        harm.apply(desk, yesterday, random)
      }
    },
  },
  {
    name: 'journal folder gone',
    takesBothCopies: false,
    apply: (desk) => rmSync(journal(desk), { recursive: true }),
  },
  {
    name: 'mirror folder gone',
    takesBothCopies: false,
    apply: (desk) => rmSync(path.join(desk, 'mirror'), { recursive: true }),
  },
  bothFoldersGone,
  {
    name: 'one unsent event in the mirror and then in the journal',
    takesBothCopies: false,
    apply: (desk) => flipFrame(mirror(desk), 3),
    later: (desk) => flipFrame(lastSegment(desk), 3),
  },
  {
    name: 'journal folder of yesterday',
    takesBothCopies: false,
    apply: (desk, yesterday) => back(desk, yesterday, ['journal']),
  },
  {
    name: 'mirror folder of yesterday',
    takesBothCopies: false,
    apply: (desk, yesterday) => back(desk, yesterday, ['mirror']),
  },
  wholeFolderOfYesterday,
]
