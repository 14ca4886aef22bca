import { createReadStream } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'

/** System calls that change files or make them durable, as `strace` is asked for them. */
export const tracedCalls = [
  ...[
    'open',
    'openat',
    'creat',
    'close',
    'write',
    'pwrite64',
    'writev',
    'pwritev',
    'pwritev2',
    'truncate',
    'ftruncate',
  ],
  ...['pwritev2', 'fallocate', 'copy_file_range', 'sendfile', 'link', 'linkat', 'symlink', 'symlinkat'],
  ...['fsync', 'fdatasync', 'rename', 'renameat', 'renameat2', 'unlink', 'unlinkat', 'mkdir', 'mkdirat', 'rmdir'],
].join(',')

interface Moment {
  /** Lines of the recording at which the call began and had returned. */
  readonly start: number
  readonly end: number
}

/** One recorded step. `file` names a file's content for good, whatever its names become. */
export type Step = Moment &
  (
    | { readonly kind: 'said'; readonly text: string }
    | { readonly kind: 'write'; readonly file: number; readonly offset: number; readonly bytes: Buffer }
    | { readonly kind: 'truncate'; readonly file: number; readonly size: number }
    | { readonly kind: 'sync'; readonly file: number; readonly withName: boolean }
    | { readonly kind: 'sync-folder'; readonly folder: string }
    | { readonly kind: 'name'; readonly path: string; readonly file: number | 'folder' }
    | { readonly kind: 'rename'; readonly from: string; readonly to: string; readonly file: number | 'folder' }
    | { readonly kind: 'unname'; readonly path: string }
  )

interface OpenFile {
  readonly path: string
  readonly file: number | 'folder'
  /** Where the next write goes; -1 for the end. */
  at: number
  /** Each write is durable when it returns. */
  readonly isDurable: boolean
}

interface Call extends Moment {
  readonly name: string
  readonly args: string
  readonly result: number
}

/** The steps below `folder`, in the order they were made. A call that cannot be told apart is an error, never left out. */
export async function readTrace(trace: string, folder: string): Promise<readonly Step[]> {
  const names = new Map<string, number | 'folder'>()
  const open = new Map<number, OpenFile>()
  const steps: Step[] = []
  const sizes = new Map<number, number>()
  let files = 0
  const inside = (file: string) => file === folder || file.startsWith(`${folder}${path.sep}`)

  for await (const call of callsOf(trace)) {
    const { name, args, result, start, end } = call
    const moment = { start, end }
    if (name === 'close') open.delete(Number.parseInt(args, 10))
    if (result < 0) continue
    const texts = stringsOf(args)
    const fd = Number.parseInt(args, 10)
    const target = open.get(fd)
    switch (name) {
      case 'open':
      case 'openat': {
        open.delete(result)
        const file = texts[0]?.toString() ?? ''
        if (!inside(file)) break
        let known = names.get(file)
        if (known === undefined && args.includes('O_CREAT')) {
          files += 1
          known = files
          names.set(file, known)
          steps.push({ ...moment, kind: 'name', path: file, file: known })
        }
        if (known === undefined) known = 'folder'
        if (args.includes('O_TRUNC') && known !== 'folder')
          steps.push({ ...moment, kind: 'truncate', file: known, size: 0 })
        open.set(result, {
          path: file,
          file: known,
          at: args.includes('O_APPEND') ? -1 : 0,
          isDurable: args.includes('O_DSYNC'),
        })
        break
      }
      case 'write':
      case 'pwrite64':
      case 'writev':
      case 'pwritev': {
        const bytes = Buffer.concat(texts).subarray(0, result)
        if (fd === 1) steps.push({ ...moment, kind: 'said', text: bytes.toString().trim() })
        if (!target || target.file === 'folder') break
        const placed = name.startsWith('p') ? Number.parseInt(/, (\d+)$/.exec(args)?.[1] ?? '', 10) : target.at
        const offset = placed < 0 ? (sizes.get(target.file) ?? 0) : placed
        if (!Number.isSafeInteger(offset)) throw new Error(`no place in ${name}(… ${args.slice(-40)})`)
        steps.push({ ...moment, kind: 'write', file: target.file, offset, bytes })
        sizes.set(target.file, Math.max(sizes.get(target.file) ?? 0, offset + bytes.byteLength))
        if (!name.startsWith('p') && target.at >= 0) target.at += bytes.byteLength
        // It returned when it was on the disk, as if a sync stood between it and the next line.
        if (target.isDurable) {
          steps.push({ start: end + 0.5, end: end + 0.5, kind: 'sync', file: target.file, withName: false })
        }
        break
      }
      case 'ftruncate':
        if (!target || target.file === 'folder') break
        steps.push({ ...moment, kind: 'truncate', file: target.file, size: Number(/, (\d+)$/.exec(args)?.[1]) })
        break
      case 'fsync':
      case 'fdatasync':
        if (!target) break
        if (target.file === 'folder') steps.push({ ...moment, kind: 'sync-folder', folder: target.path })
        else steps.push({ ...moment, kind: 'sync', file: target.file, withName: name === 'fsync' })
        break
      case 'mkdir':
      case 'mkdirat':
        if (!inside(texts[0]?.toString() ?? '')) break
        names.set(String(texts[0]), 'folder')
        steps.push({ ...moment, kind: 'name', path: String(texts[0]), file: 'folder' })
        break
      case 'rename':
      case 'renameat':
      case 'renameat2': {
        const [from, to] = texts.map(String)
        const file = names.get(from ?? '')
        if (from === undefined || to === undefined || file === undefined) break
        names.delete(from)
        names.set(to, file)
        steps.push({ ...moment, kind: 'rename', from, to, file })
        break
      }
      case 'unlink':
      case 'unlinkat':
      case 'rmdir':
        if (!names.delete(String(texts[0]))) break
        steps.push({ ...moment, kind: 'unname', path: String(texts[0]) })
        break
      case 'close':
        break
      default:
        if (target || texts.some((text) => inside(text.toString()))) throw new Error(`${name} is not in the model`)
    }
  }
  return steps
}

/** Puts calls that another thread interrupted together again. */
async function* callsOf(trace: string): AsyncIterable<Call> {
  const begun = new Map<string, { readonly text: string; readonly start: number }>()
  let line = 0
  for await (const text of createInterface({ input: createReadStream(trace), crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1
    const [, thread = '', rest = ''] = /^(\d+)\s+(.*)$/s.exec(text) ?? []
    if (rest.endsWith('<unfinished ...>')) {
      begun.set(thread, { text: rest.slice(0, -'<unfinished ...>'.length), start: line })
      continue
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/s.exec(rest)
    const first = resumed ? begun.get(thread) : undefined
    const whole = resumed ? `${first?.text ?? ''}${resumed[1]}` : rest
    const at = whole.lastIndexOf(') ')
    const opening = whole.indexOf('(')
    const result = /^\)\s*= (-?\d+)/.exec(whole.slice(at))
    if (opening < 0 || !result) continue
    const args = whole.slice(opening + 1, at).trimEnd()
    yield { name: whole.slice(0, opening), args, result: Number(result[1]), start: first?.start ?? line, end: line }
  }
}

/** The strings of a call; `-xx` writes every byte as \xNN. */
function stringsOf(args: string): readonly Buffer[] {
  return [...args.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex = '']) =>
    Buffer.from(hex.replaceAll('\\x', ''), 'hex'),
  )
}
