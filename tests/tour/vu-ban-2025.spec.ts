import { test } from '@playwright/test'
import { tellOneReception } from '../story/one-reception-today.ts'
import { openAlbum } from './album.ts'

test('guided tour of today: pictures of one reception at the commune Vụ Bản and the receipt it printed', () =>
  tellOneReception(openAlbum()))
