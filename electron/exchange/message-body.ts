import { readBeside } from '../../shared/node/beside-bytes.ts'
import { besideMediaType, exchangeLists } from '../../shared/wire/beside.ts'
import type { Answer } from './answer.ts'

/** The message of an answer, in either spelling; undefined when it was cut or cannot be read. */
export async function readMessage(answer: Answer): Promise<unknown> {
  try {
    const bytes = Buffer.from(await answer.arrayBuffer())
    const isBeside = answer.headers.get('content-type') === besideMediaType
    return isBeside ? readBeside(bytes, exchangeLists) : JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
