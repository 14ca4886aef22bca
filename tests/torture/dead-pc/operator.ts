import { spawnSync } from 'node:child_process'
import path from 'node:path'
import type { TestDistrict } from '../../harness/test-district.ts'

/** Whoever keeps the server: runs the commands of docs/dead-pc.md and reads what they print. */
export interface Operator {
  /** The id of the desk of this name. */
  readonly findDesk: (name: string) => string
  readonly enrolCode: (replaces: string) => string
  /** False when the dead desk never left its key at the district. */
  readonly openEscrow: (dead: string, spare: string, keyFile: string, passphraseFile: string) => boolean
}

const program = path.join('out', 'district', 'main.js')

export function operatorOf(district: TestDistrict, unitId: string): Operator {
  const data = ['--data', district.district.dataFolder, '--database-url', district.databaseUrl]
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [program, ...args, ...data], { encoding: 'utf8' })
  const must = (...args: readonly string[]): string => {
    const { status, stdout, stderr } = run(...args)
    if (status !== 0) throw new Error(`${args[0]}: ${stderr}`)
    return stdout
  }
  return {
    findDesk(name) {
      const line = must('status')
        .split('\n')
        .find((each) => each.startsWith('desk ') && each.includes(` · ${name} · `))
      const deskId = line?.split(' · ').at(-1)
      if (!deskId) throw new Error(`status tells of no desk "${name}"`)
      return deskId
    },
    enrolCode: (replaces) =>
      must('enrol-code', '--unit', unitId, '--hours', '1', '--replaces', replaces).trim().split('\n').at(-1) ?? '',
    openEscrow(dead, spare, keyFile, passphraseFile) {
      const keys = ['--key', keyFile, '--passphrase-file', passphraseFile]
      const { status, stderr } = run('open-escrow', '--desk', dead, '--for', spare, ...keys)
      if (status !== 0 && !stderr.includes('never left its key')) throw new Error(`open-escrow: ${stderr}`)
      return status === 0
    },
  }
}
