import type { PrinterInfo } from 'electron'
import { describe, expect, it } from 'vitest'
import { choosePrinter } from '../../../../electron/printing/printers.ts'

function printer(name: string, more: Readonly<Record<string, unknown>> = {}): PrinterInfo {
  return { name, displayName: `Máy in ${name}`, description: '', options: {}, ...more } as unknown as PrinterInfo
}

describe('choosePrinter', () => {
  const one = printer('HP-1')
  const standard = printer('HP-2', { isDefault: true })

  it('takes the desk’s own choice first, then the default, then the only one', () => {
    expect(choosePrinter([one, standard], 'HP-1')).toEqual({ name: 'Máy in HP-1', deviceName: 'HP-1' })
    expect(choosePrinter([one, standard])?.deviceName).toBe('HP-2')
    expect(choosePrinter([one, standard], 'gone')?.deviceName).toBe('HP-2')
    expect(choosePrinter([one, printer('HP-3', { options: { 'printer-is-default': 'true' } })])?.deviceName).toBe(
      'HP-3',
    )
    expect(choosePrinter([one])?.deviceName).toBe('HP-1')
  })

  it('leaves the choice to the system where Electron names no default', () => {
    expect(choosePrinter([one, printer('HP-3')])).toEqual({ name: 'Máy in mặc định' })
  })

  it('finds none where there is none', () => {
    expect(choosePrinter([])).toBeUndefined()
  })
})
