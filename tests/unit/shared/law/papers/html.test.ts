import { describe, expect, it } from 'vitest'
import { html, printableText } from '../../../../../shared/law/papers/html.ts'

describe('html', () => {
  it('escapes every value and keeps markup made by itself', () => {
    const inner = html`<b>${'<i>&"\'</i>'}</b>`
    expect(html`<p>${inner}${undefined}${3}${[inner]}</p>`.toString()).toBe(
      '<p><b>&lt;i&gt;&amp;&quot;&#39;&lt;/i&gt;</b>3<b>&lt;i&gt;&amp;&quot;&#39;&lt;/i&gt;</b></p>',
    )
  })

  it('takes nothing that merely looks like markup', () => {
    const forged = { toString: () => '<script>' } as unknown as string
    expect(() => html`${forged}`).toThrow()
  })
})

describe('printableText', () => {
  it('composes Vietnamese letters, so that archives find them', () => {
    expect(printableText('Giâ\u0301y tiê\u0301p nhâ\u0323n')).toBe('Giấy tiếp nhận')
  })

  it('drops marks that would make a name read differently from what is stored', () => {
    expect(printableText('An\u202eLợi\u2066\ufeff\ud800')).toBe('AnLợi')
    expect(printableText('một\u0000\thai')).toBe('một  hai')
  })
})
