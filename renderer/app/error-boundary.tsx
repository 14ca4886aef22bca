import { Button } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { t } from '../text/t.ts'
import { desk } from './desk.ts'

interface ErrorBoundaryProps {
  readonly children: ReactNode
}

/** A bug in a screen: said plainly, reported without personal data, and left by reloading. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true }
  }

  override componentDidCatch(cause: Error): void {
    // The message may quote what was typed; the places in the code may not.
    const places = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
    void desk('log.report', { code: 'page/crashed', detail: [cause.name, ...places].join('\n').slice(0, 2000) })
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return (
      <div className="centre-screen" role="alert">
        <div className="card pad crash">
          <h1>{t('frame.crash.title')}</h1>
          <p>{t('frame.crash.action')}</p>
          <Button onClick={() => window.location.reload()} data-autofocus>
            {t('frame.crash.reload')}
          </Button>
        </div>
      </div>
    )
  }
}
