import { test } from '@playwright/test'
import { tellOneMorning } from '../story/one-morning.ts'
import { openAlbum } from './album.ts'

test('guided tour of 2022: pictures of one morning at Gôi and the receipts it printed', () =>
  tellOneMorning(openAlbum()))
