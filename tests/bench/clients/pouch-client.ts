import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { answerRounds, secondsOf } from './answer-rounds.ts'

export type PouchRounds = {
  /** Fills a database of the desk's side with the documents of a file, one a line, and answers how many. */
  readonly fill: { readonly file: string; readonly folder: string; readonly remote: string }
  /** Seconds desk → server. */
  readonly push: object
  /** Seconds server → another desk. */
  readonly pull: object
  /** Answers how many documents arrived there, and removes the three databases. */
  readonly destroy: object
}

interface PouchDatabase {
  bulkDocs(documents: readonly object[]): Promise<readonly { readonly error?: boolean }[]>
  info(): Promise<{ readonly doc_count: number }>
  readonly replicate: Readonly<Record<'to' | 'from', (other: PouchDatabase, options: object) => Promise<unknown>>>
  destroy(): Promise<void>
}

const batches = { batch_size: 1000, batches_limit: 4 }

/** From the bench's own packages, which lie beside it and not beside the bundled program. */
const PouchDB = createRequire(path.resolve('tests', 'bench', 'package.json'))('pouchdb') as new (
  name: string,
) => PouchDatabase

let databases:
  | { readonly giver: PouchDatabase; readonly taker: PouchDatabase; readonly remote: PouchDatabase }
  | undefined

function made(): NonNullable<typeof databases> {
  if (!databases) throw new Error('nothing was filled')
  return databases
}

answerRounds<PouchRounds>({
  async fill({ file, folder, remote: url }) {
    const [giver, taker, remote] = ['giver', 'taker']
      .map((name) => path.join(folder, name))
      .concat(url)
      .map((name) => new PouchDB(name))
    if (!giver || !taker || !remote) throw new Error('no database')
    const lines = fs.readFileSync(file, 'utf8').trim().split('\n')
    const documents = lines.map((line): { id: string } => JSON.parse(line))
    const written = await giver.bulkDocs(documents.map((document) => ({ ...document, _id: document.id })))
    if (written.some(({ error }) => error)) throw new Error('PouchDB refused a document')
    await remote.info()
    await taker.info()
    databases = { giver, taker, remote }
    return documents.length
  },
  push: () => secondsOf(() => made().giver.replicate.to(made().remote, batches)),
  pull: () => secondsOf(() => made().taker.replicate.from(made().remote, batches)),
  async destroy() {
    const { giver, taker, remote } = made()
    const { doc_count: arrived } = await taker.info()
    for (const database of [giver, taker, remote]) await database.destroy()
    return arrived
  },
})
