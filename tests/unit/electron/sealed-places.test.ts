import { copyFile, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openAttachmentStore } from '../../../electron/attachments/attachment-store.ts'
import { openDraftStore } from '../../../electron/drafts/draft-store.ts'
import { openIdentityStore } from '../../../electron/enrolment/desk-identity.ts'
import { openReferenceStore } from '../../../electron/reference/reference-store.ts'
import { deriveKey, findSealed, seal } from '../../../electron/vault/seal.ts'
import { importStoreKey, seal as sealInPage, unseal } from '../../../renderer/store/seal.ts'
import type { DraftId, StaffId } from '../../../shared/core/ids.ts'
import { sampleId } from '../../harness/sample-events.ts'
import { sampleIdentity } from '../../harness/sample-identity.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

const dataKey = Buffer.alloc(32, 5)
const key = deriveKey(dataKey, 'settings')

test('a sealed value opens at its place, under its key, as it was written, and no other way', () => {
  const sealed = seal(key, 'drafts/1', Buffer.from('Nguyễn Thị Ánh'))
  expect(findSealed(key, 'drafts/1', sealed)?.toString()).toBe('Nguyễn Thị Ánh')
  expect(findSealed(key, 'drafts/2', sealed)).toBeUndefined()
  expect(findSealed(deriveKey(dataKey, 'drafts'), 'drafts/1', sealed)).toBeUndefined()
  for (let at = 0; at < sealed.byteLength; at += 1) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(findSealed(key, 'drafts/1', changed)).toBeUndefined()
    expect(findSealed(key, 'drafts/1', sealed.subarray(0, at))).toBeUndefined()
  }
  // Two values of one key are told to be so; nothing else is told.
  expect(seal(key, 'drafts/1', Buffer.alloc(3)).subarray(0, 5)).toEqual(sealed.subarray(0, 5))
})

test('a draft under the name of another one does not open', async () => {
  const folder = tempFolder()
  const store = await openDraftStore(folder, key)
  const id = sampleId(1) as DraftId
  await store.save({ id, content: {}, staffId: 'goi.hanh' as StaffId, savedAt: '2022-08-17T01:00:00.000Z' })
  await copyFile(path.join(folder, `${id}.sealed`), path.join(folder, `${sampleId(2)}.sealed`))
  expect((await openDraftStore(folder, key)).list().map((draft) => draft.id)).toEqual([id])
})

test('a scan under the name of another one is damaged, not shown', async () => {
  const folder = tempFolder()
  const store = await openAttachmentStore(folder, key)
  const [one, two] = [await store.put(Buffer.from('%PDF-1.7 một')), await store.put(Buffer.from('%PDF-1.7 hai'))]
  const fileOf = (sha256: string) => path.join(folder, sha256.slice(0, 2), `${sha256}.sealed`)
  await copyFile(fileOf(one), fileOf(two))
  expect(await store.find(two)).toBe('damaged')
})

test('identity and reference data are not taken for each other, even under one key', async () => {
  const [settings, vault, reference] = [tempFolder(), tempFolder(), tempFolder()]
  await (await openIdentityStore({ settings, vault }, key)).save(await sampleIdentity())
  await openReferenceStore(reference, key)
  const identity = await readFile(path.join(settings, 'desk-identity.sealed'))
  await writeFile(path.join(reference, 'publications.sealed'), identity)
  expect((await openReferenceStore(reference, key)).current()).toEqual({})
  const foreign = seal(key, 'reference/publications', Buffer.from('{}'))
  await writeFile(path.join(settings, 'desk-identity.sealed'), foreign)
  await copyFile(path.join(settings, 'desk-identity.sealed'), path.join(vault, 'desk-identity.sealed'))
  expect((await openIdentityStore({ settings, vault }, key)).current()).toBeUndefined()
})

test('in the page’s store a value moved to another document, collection or snapshot does not open', async () => {
  const pageKey = await importStoreKey(Buffer.alloc(32, 6))
  const sealed = await sealInPage(pageKey, 'dossiers', 'a', { name: 'Ánh' })
  expect(await unseal(pageKey, 'dossiers', 'a', sealed)).toEqual({ name: 'Ánh' })
  await expect(unseal(pageKey, 'dossiers', 'b', sealed)).rejects.toThrow()
  await expect(unseal(pageKey, 'drafts', 'a', sealed)).rejects.toThrow()
  await expect(unseal(pageKey, 'snapshot', 'a', sealed)).rejects.toThrow()
})
