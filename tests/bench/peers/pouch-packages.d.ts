// biome-ignore-all lint/style/noDefaultExport: it is what the packages have.
/** What the bench uses of PouchDB's browser packages, which carry no types and are not there before the bench runs. */
declare module 'pouchdb-browser' {
  interface Rows<T> {
    readonly docs: readonly T[]
  }
  class PouchDB<T extends object> {
    static plugin(plugin: unknown): typeof PouchDB
    constructor(name: string, options: { adapter: string; auto_compaction?: boolean })
    put(document: T & { _id: string }): Promise<unknown>
    bulkDocs(
      documents: readonly (T & { _id: string })[],
    ): Promise<readonly { readonly error?: boolean; readonly name?: string }[]>
    createIndex(wish: { index: { fields: readonly string[]; ddoc: string; name: string } }): Promise<unknown>
    find(wish: object): Promise<Rows<T>>
  }

  export { PouchDB as default }
}
declare module 'pouchdb-adapter-indexeddb' {
  const plugin: unknown

  export { plugin as default }
}
declare module 'pouchdb-find' {
  const plugin: unknown

  export { plugin as default }
}
