import type { JSX } from 'react';
import { useText } from './text';

interface MailFrameProps {
  html: string | null | undefined;
  plain: string | null | undefined;
}

/** A rendered e-mail. The frame has no rights at all: no script, no form, no way to the page around it. */
export function MailFrame({ html, plain }: MailFrameProps): JSX.Element {
  const { t } = useText();
  if (html !== null && html !== undefined && html !== '') {
    return (
      <iframe className="op-mail" title={t('messages.mailFrame')} sandbox="" srcDoc={html} data-testid="mail-frame" />
    );
  }
  return (
    <div className="op-stack-tight">
      <p className="op-muted op-small">{t('messages.textOnly')}</p>
      <pre style={{ whiteSpace: 'pre-wrap' }}>{plain}</pre>
    </div>
  );
}
