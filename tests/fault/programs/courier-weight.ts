import { readFileSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { broughtByOperator } from '../../../district/courier/bringer.ts'
import { takeCourier } from '../../../district/courier/take-courier.ts'
import { startDistrict } from '../../../district/start-district.ts'
import { openNodeDesk } from '../../harness/node-desk.ts'

/** Prints how many bytes of memory one end of a courier file took at its peak, above what it held before. */
const [end = '', folder = '', from = '', to = '', databaseUrl = ''] = process.argv.slice(2)

function residentBytes(line: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync('/proc/self/status', 'utf8')
  return Number(new RegExp(`^${line}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024
}

/** Lets the kernel's high-water mark begin at the present size. */
function forgetPeak(): number {
  writeFileSync('/proc/self/clear_refs', '5')
  return residentBytes('VmRSS')
}

async function write(): Promise<{ before: number; peak: number }> {
  const desk = await openNodeDesk({ folder })
  const before = forgetPeak()
  const written = await desk.courier.write(to)
  const peak = residentBytes('VmHWM')
  await desk.close()
  if (!written.ok) throw new Error(written.error.code)
  return { before, peak }
}

async function take(): Promise<{ before: number; peak: number }> {
  const { district, close } = await startDistrict({ dataFolder: folder, databaseUrl, log: 'silent' })
  const [file, receipt] = [await open(from, 'r'), await open(to, 'w+')]
  const before = forgetPeak()
  const taken = await takeCourier(district, file, receipt, broughtByOperator(false))
  const peak = residentBytes('VmHWM')
  await Promise.all([file.close(), receipt.close()])
  await close()
  if (!taken.ok) throw new Error(taken.error)
  return { before, peak }
}

const { before, peak } = end === 'write' ? await write() : await take()
process.stdout.write(`${peak - before}\n`)
process.exit(0)
