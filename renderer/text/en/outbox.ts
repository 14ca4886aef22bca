export const outbox = { title: '' }
