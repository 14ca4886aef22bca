import { parseArgs } from 'node:util'
import { backup } from './backup.ts'
import { enrolCode } from './enrol-code.ts'
import { openEscrow } from './open-escrow.ts'
import { CommandFailed, helpText, type Options, optionTable } from './options.ts'
import { recoveryKey } from './recovery-key.ts'
import { renewTls } from './renew-tls.ts'
import { restore } from './restore.ts'
import { retireDeskCommand } from './retire-desk.ts'
import { serve } from './serve.ts'
import { status } from './status.ts'
import { takeCourierFile } from './take-courier.ts'

const commands: Readonly<Record<string, (options: Options) => Promise<void>>> = {
  serve,
  'enrol-code': enrolCode,
  'recovery-key': recoveryKey,
  'open-escrow': openEscrow,
  'renew-tls': renewTls,
  'retire-desk': retireDeskCommand,
  'take-courier': takeCourierFile,
  status,
  backup,
  restore,
}

/** The exit code: 0 done, 1 failed for a reason that was said, 2 misused. */
export async function runCommand(args: readonly string[]): Promise<number> {
  const [name = '', ...rest] = args
  if (args.length === 0 || args.includes('--help') || name === 'help') {
    process.stdout.write(helpText)
    return 0
  }
  const run = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!run) return complain(`Unknown command "${name}". Try --help.`, 2)
  try {
    const { values } = parseArgs({ args: [...rest], options: optionTable, strict: true, allowPositionals: false })
    await run(values)
    return 0
  } catch (error) {
    if (error instanceof CommandFailed) return complain(error.message, 1)
    const { code } = error as { code?: string }
    if (code?.startsWith('ERR_PARSE_ARGS')) return complain((error as Error).message, 2)
    process.stderr.write(`${(error as Error).stack}\n`)
    return 1
  }
}

function complain(message: string, code: number): number {
  process.stderr.write(`${message}\n`)
  return code
}
