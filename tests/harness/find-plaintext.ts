import fs from 'node:fs'
import path from 'node:path'
import { foldText } from '../../shared/core/text-folding.ts'
import { unpackedLayers } from './unpack-layers.ts'

/** A planted word that stands readable somewhere. */
export interface PlainTrace {
  readonly word: string
  /** How it is written: "utf-8", "utf-16, without diacritics", … */
  readonly spelling: string
  /** The file, relative to the folder searched. */
  readonly file: string
  /** "as it lies", or what had to be unpacked: "snappy block", "gzip", … */
  readonly layer: string
}

/** What must not be found: words in every spelling, bytes as they are. */
export interface Planted {
  readonly words: readonly string[]
  readonly bytes: ReadonlyMap<string, Buffer>
}

interface Needle {
  readonly word: string
  readonly spelling: string
  readonly bytes: Buffer
}

/** Reads every byte of every file below a folder, and whatever compressed streams it finds in them. */
export function findPlaintext(folder: string, planted: Planted): readonly PlainTrace[] {
  const needles = needlesFor(planted)
  const traces: PlainTrace[] = []
  for (const file of filesBelow(folder)) {
    const relative = path.relative(folder, file)
    // A name is as readable as what it names.
    const names = [{ layer: 'file name', bytes: Buffer.from(relative) }]
    for (const { layer, bytes } of [...names, ...unpackedLayers(fs.readFileSync(file))]) {
      for (const needle of needles) {
        if (bytes.includes(needle.bytes)) {
          traces.push({ word: needle.word, spelling: needle.spelling, file: relative, layer })
        }
      }
    }
  }
  return traces
}

function filesBelow(folder: string): readonly string[] {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
}

function needlesFor({ words, bytes }: Planted): readonly Needle[] {
  const needles = words.flatMap(spellingsOf)
  for (const [word, content] of bytes) needles.push({ word, spelling: 'bytes', bytes: content })
  return needles
}

function spellingsOf(word: string): Needle[] {
  const letters = new Map([
    ['', word],
    ['decomposed', word.normalize('NFD')],
    ['upper case', word.toLocaleUpperCase('vi')],
    ['lower case', word.toLocaleLowerCase('vi')],
    ['without diacritics', foldText(word)],
    ['without diacritics or spaces', foldText(word).replaceAll(' ', '')],
  ])
  const needles: Needle[] = []
  for (const [kind, text] of letters) {
    const named = (encoding: string) => (kind ? `${encoding}, ${kind}` : encoding)
    const add = (encoding: string, encoded: Buffer) => needles.push({ word, spelling: named(encoding), bytes: encoded })
    add('utf-8', Buffer.from(text))
    add('utf-16', Buffer.from(text, 'utf16le'))
    for (const part of base64Parts(text)) add('base64', part)
    if (/[^\x20-\x7e]/.test(text)) add('json escapes', Buffer.from(escaped(text)))
    if (encodeURIComponent(text) !== text) add('url', Buffer.from(encodeURIComponent(text)))
  }
  return needles
}

/** What of a text's base64 stays the same wherever in a longer text it begins. */
function base64Parts(text: string): readonly Buffer[] {
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]).toString('base64')
    return Buffer.from(encoded.slice(shift === 0 ? 0 : 4, -4))
  })
}

function escaped(text: string): string {
  return [...text].map((sign) => (/[\x20-\x7e]/.test(sign) ? sign : unicodeEscapes(sign))).join('')
}

function unicodeEscapes(sign: string): string {
  return Array.from({ length: sign.length }, (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
    '',
  )
}
