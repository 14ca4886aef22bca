import { IconPrinter, IconPrinterOff } from '@tabler/icons-react'
import { t } from '../text/t.ts'
import { usePrinter } from './use-printer.ts'

/** Where papers go, seen before the first one does. */
export function PrinterCell() {
  const printer = usePrinter()
  if (printer === undefined) return null
  const Icon = printer === '' ? IconPrinterOff : IconPrinter
  const words = printer === '' ? t('frame.noPrinter') : printer
  return (
    <span className={`printer ${printer === '' ? 'line-gold' : ''}`} title={words}>
      <Icon size={14} aria-hidden />
      {printer === '' ? null : <span className="visually-hidden">{t('frame.printer')}</span>}
      <span className="printer-name">{words}</span>
    </span>
  )
}
