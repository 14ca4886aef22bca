import type { PrinterInfo, WebContents } from 'electron'

/**
 * The printer papers go to: the one the desk chose, else the system's default, else the only one there is.
 * `deviceName` is left out for a default the system knows but this Electron does not name.
 */
export interface ChosenPrinter {
  readonly name: string
  readonly deviceName?: string
}

export async function findPrinter(
  contents: WebContents,
  chosen: string | undefined,
): Promise<ChosenPrinter | undefined> {
  return choosePrinter(await contents.getPrintersAsync(), chosen)
}

export function choosePrinter(printers: readonly PrinterInfo[], chosen?: string): ChosenPrinter | undefined {
  const printer = printers.find(({ name }) => name === chosen) ?? printers.find(isDefault) ?? onlyOne(printers)
  if (printer) return { name: printer.displayName || printer.name, deviceName: printer.name }
  return printers.length > 0 ? { name: 'Máy in mặc định' } : undefined
}

function onlyOne(printers: readonly PrinterInfo[]): PrinterInfo | undefined {
  return printers.length === 1 ? printers[0] : undefined
}

/** Electron dropped the field in version 36; older runtimes and CUPS still tell. */
function isDefault(printer: PrinterInfo): boolean {
  const options: Readonly<Record<string, unknown>> = { ...printer.options }
  return ('isDefault' in printer && printer.isDefault === true) || options['printer-is-default'] === 'true'
}
