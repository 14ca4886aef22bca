import { useEffect, useState } from 'react'
import { queueRuns } from '../store/queue-runs.ts'
import { desk } from './desk.ts'

/** Asking may take seconds where printers are on a network, and a default printer is changed outside of this window. */
const everyMs = 5 * 60_000

/** The printer papers go to; empty when there is none, undefined until it is known. */
export function usePrinter(): string | undefined {
  const [printer, setPrinter] = useState<string>()
  useEffect(() => {
    let current = true
    const ask = queueRuns(async () => {
      const answer = await desk('printing.find-printer')
      if (!current) return
      if (answer.ok) setPrinter(answer.value.printer)
      else if (answer.error.code === 'printer/no-printer') setPrinter('')
    })
    const look = () => void ask()
    look()
    const timer = setInterval(look, everyMs)
    window.addEventListener('focus', look)
    return () => {
      current = false
      clearInterval(timer)
      window.removeEventListener('focus', look)
    }
  }, [])
  return printer
}
