import fs from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { shortestPassphrase } from '../../shared/wire/recovery-file.ts'
import { CommandFailed, type Options } from '../cli/options.ts'

/** From --passphrase-file (its first line), or typed at the terminal without being shown. */
export async function askPassphrase(options: Options, purpose: 'new' | 'known'): Promise<string> {
  const file = options['passphrase-file']
  const passphrase = file === undefined ? await typed(purpose) : firstLine(file)
  if (purpose === 'new' && [...passphrase].length < shortestPassphrase) {
    throw new CommandFailed(`The passphrase needs at least ${shortestPassphrase} characters.`)
  }
  return passphrase
}

function firstLine(file: string): string {
  if (!fs.existsSync(file)) throw new CommandFailed(`There is no file ${file}.`)
  return (fs.readFileSync(file, 'utf8').split(/\r?\n/)[0] ?? '').trim()
}

async function typed(purpose: 'new' | 'known'): Promise<string> {
  if (!process.stdin.isTTY) throw new CommandFailed('No terminal to ask at: give --passphrase-file FILE.')
  const first = await askHidden('Passphrase: ')
  if (purpose === 'new' && first !== (await askHidden('Once more: '))) {
    throw new CommandFailed('The two passphrases differ.')
  }
  return first
}

async function askHidden(question: string): Promise<string> {
  process.stderr.write(question)
  const nowhere = new Writable({ write: (_part, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  try {
    return (await terminal.question('')).trim()
  } finally {
    terminal.close()
    process.stderr.write('\n')
  }
}
