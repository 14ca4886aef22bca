import fs from 'node:fs'
import path from 'node:path'
import { type BoxKey, newBoxKey } from '../../shared/node/sealed-box.ts'
import { writeKeyFile } from '../exchange/district-key.ts'

/** The district's letter box: what desks seal for the district opens with it. A backup carries it, like the signing key. */
export const boxKeyFileIn = (dataFolder: string) => path.join(dataFolder, 'district-box-key.json')

export async function openDistrictBoxKey(dataFolder: string): Promise<BoxKey> {
  const file = boxKeyFileIn(dataFolder)
  if (!fs.existsSync(file)) writeKeyFile(file, formatBoxKey(await newBoxKey()))
  return JSON.parse(fs.readFileSync(file, 'utf8')) as BoxKey
}

export const formatBoxKey = ({ publicKey, privateKey }: BoxKey) => `${JSON.stringify({ publicKey, privateKey })}\n`
