import { readBeside } from '../../shared/node/beside-bytes.ts'
import { besideMediaType, exchangeLists } from '../../shared/wire/beside.ts'
import { fillInVerdicts } from '../../shared/wire/brief-verdicts.ts'
import type { Answer } from './answer.ts'

/** The message of an answer about these events, in any spelling; undefined when it was cut or cannot be read. */
export async function readMessage(answer: Answer, eventIds: readonly string[] = []): Promise<unknown> {
  try {
    const bytes = Buffer.from(await answer.arrayBuffer())
    const isBeside = answer.headers.get('content-type') === besideMediaType
    const message: unknown = isBeside ? readBeside(bytes, exchangeLists) : JSON.parse(bytes.toString('utf8'))
    return isAboutEvents(message) ? { ...message, verdicts: fillInVerdicts(message.verdicts, eventIds) } : message
  } catch {
    return undefined
  }
}

function isAboutEvents(message: unknown): message is { readonly verdicts: readonly unknown[] } {
  return typeof message === 'object' && message !== null && 'verdicts' in message && Array.isArray(message.verdicts)
}
