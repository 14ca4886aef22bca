import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { writeDurably } from '../disk/durable-file.ts'
import { findStretch } from './frame-file.ts'

/** A disk that damages files often must not be filled with what it damaged. */
const keptAtMost = 8
const asideName = /\.damaged-(\d+)$/

/** Damage is kept, sealed as it is, for whoever looks into it later; where there is no room for it, healing goes on. */
export async function keepAside(file: string, from = 0): Promise<void> {
  try {
    const bytes = await findStretch(file, from)
    if (bytes) await writeDurably(`${file}.damaged-${Date.now()}`, bytes)
    await dropOldest(path.dirname(file))
  } catch {
    // Nothing the desk works with is in it.
  }
}

async function dropOldest(folder: string): Promise<void> {
  const keptAt = (name: string) => Number(asideName.exec(name)?.[1])
  const names = (await readdir(folder)).filter((name) => asideName.test(name))
  const old = names.sort((a, b) => keptAt(b) - keptAt(a)).slice(keptAtMost)
  for (const name of old) await rm(path.join(folder, name), { force: true })
}
