import { test } from '@playwright/test'
import { tellOneReception } from '../story/one-reception-today.ts'
import { tellingOf } from './telling.ts'

test('a reception at today’s commune Vụ Bản: a province above it, a due date over today’s holidays', async () => {
  await tellOneReception(tellingOf(test.info()))
})
