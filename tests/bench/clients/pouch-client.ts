import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { answerRounds, secondsOf } from './answer-rounds.ts'

export type PouchRounds = {
  /** Fills databases of the desk's side with the documents of each file, one a line, and answers how many are measured. */
  readonly fill: { readonly warmFile: string; readonly file: string; readonly folder: string; readonly remote: string }
  /** Seconds desk → server, right behind the same with those that warm. */
  readonly push: object
  /** Seconds server → another desk, likewise. */
  readonly pull: object
  /** Answers how many documents arrived there, and removes all databases. */
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

interface Databases {
  readonly giver: PouchDatabase
  readonly taker: PouchDatabase
  readonly remote: PouchDatabase
}

let filled: { readonly warm: Databases; readonly measured: Databases } | undefined

function made(): NonNullable<typeof filled> {
  if (!filled) throw new Error('nothing was filled')
  return filled
}

const push = ({ giver, remote }: Databases) => giver.replicate.to(remote, batches)
const pull = ({ taker, remote }: Databases) => taker.replicate.from(remote, batches)

answerRounds<PouchRounds>({
  async fill({ warmFile, file, folder, remote }) {
    const warm = await databasesWith(warmFile, path.join(folder, 'warm'), `${remote}-warm`)
    const measured = await databasesWith(file, path.join(folder, 'measured'), remote)
    filled = { warm, measured }
    return (await measured.giver.info()).doc_count
  },
  async push() {
    await push(made().warm)
    return secondsOf(() => push(made().measured))
  },
  async pull() {
    await pull(made().warm)
    return secondsOf(() => pull(made().measured))
  },
  async destroy() {
    const { warm, measured } = made()
    const { doc_count: arrived } = await measured.taker.info()
    for (const { giver, taker, remote } of [warm, measured]) {
      for (const database of [giver, taker, remote]) await database.destroy()
    }
    return arrived
  },
})

/** The giver holds the documents of the file, the others nothing yet. */
async function databasesWith(file: string, folder: string, url: string): Promise<Databases> {
  fs.mkdirSync(folder)
  const giver = new PouchDB(path.join(folder, 'giver'))
  const taker = new PouchDB(path.join(folder, 'taker'))
  const remote = new PouchDB(url)
  const lines = fs.readFileSync(file, 'utf8').trim().split('\n')
  const documents = lines.map((line): { id: string } => JSON.parse(line))
  const written = await giver.bulkDocs(documents.map((document) => ({ ...document, _id: document.id })))
  if (written.some(({ error }) => error)) throw new Error('PouchDB refused a document')
  await remote.info()
  await taker.info()
  return { giver, taker, remote }
}
