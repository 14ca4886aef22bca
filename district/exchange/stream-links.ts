import { hash } from 'node:crypto'
import {
  type StreamPlace,
  type StreamProof,
  streamLinkInput,
  streamProofInput,
} from '../../shared/wire/stream-proof.ts'
import type { District } from '../district.ts'

/** The links of places that follow each other, from the link before the first of them. */
export function linksOf(previous: string, places: readonly StreamPlace[]): readonly string[] {
  let link = previous
  return places.map((place) => {
    link = hash('sha256', streamLinkInput(link, place))
    return link
  })
}

export function signStreamProof(district: District, unitId: string, seq: number, link: string): StreamProof {
  const proof = { epoch: district.epoch, seq, link }
  return { ...proof, signature: district.key.sign(streamProofInput(unitId, proof)) }
}
