import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { JSX, ReactNode } from 'react';
import { ProblemError } from '../api/client';
import { Icon } from './icons';
import type { IconName } from './icons';
import type { Tone } from './states';
import type { TextTools } from './text';
import { sayOr } from './server-words';
import { useText } from './text';

interface NoticeProps {
  tone: Tone;
  icon: IconName;
  title: ReactNode;
  children?: ReactNode;
  testId?: string;
}

/** A message in the page: what happened, what is safe, what to do. */
export function Notice({ tone, icon, title, children, testId }: NoticeProps): JSX.Element {
  return (
    <div className="op-notice" data-tone={tone} role="status" data-testid={testId}>
      <Icon name={icon} />
      <div>
        <div className="op-notice-title">{title}</div>
        {children}
      </div>
    </div>
  );
}

/** What will be here, and the one action that fills it. */
export function Empty({ title, text, action }: { title: string; text: string; action?: ReactNode }): JSX.Element {
  return (
    <div className="op-empty" data-testid="empty">
      <h2>{title}</h2>
      <p>{text}</p>
      {action}
    </div>
  );
}

/** Any failure as a title and a sentence for people. */
export function explain(error: unknown, text: TextTools): { title: string; text: string } {
  const { t } = text;
  if (!(error instanceof ProblemError)) return { title: t('errors.title'), text: t('errors.unexpected') };
  if (error.status === 0) return { title: t('errors.offlineTitle'), text: t('errors.offlineText') };
  if (error.status === 404) return { title: t('errors.notFoundTitle'), text: t('errors.notFoundText') };
  if (error.status === 403) return { title: t('errors.forbiddenTitle'), text: t('errors.forbiddenText') };
  const known = `server.problem.${error.code}`;
  if (text.has(known)) return { title: t('errors.actionFailed'), text: sayOr(known, '', text) };
  const fields = error.errors.map((each) => `${each.path}: ${t('errors.expected', { expected: each.expected })}`);
  const parts = [error.detail === '' ? error.message : error.detail, ...fields];
  return { title: t('errors.actionFailed'), text: `${parts.join('. ')} (${error.code})` };
}

/** A part that could not be read: says so, says that nothing changed, offers to try again. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }): JSX.Element {
  const text = useText();
  const { title, text: detail } = explain(error, text);
  return (
    <div className="op-notice" data-tone="failed" role="alert" data-testid="error">
      <Icon name="failed" />
      <div className="op-stack-tight">
        <div>
          <div className="op-notice-title">{title}</div>
          <p className="op-small">{detail}</p>
        </div>
        {retry !== undefined && (
          <div>
            <Button size="xs" variant="default" onClick={retry}>
              {text.t('common.retry')}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

export function notifyDone(message: string): void {
  notifications.show({ message, color: 'accent', withBorder: true });
}

/** An action that failed: the server's own words, in a message that stays long enough to read. */
export function notifyFailed(error: unknown, text: TextTools): void {
  const { title, text: detail } = explain(error, text);
  notifications.show({ title, message: detail, color: 'red', withBorder: true, autoClose: 12_000 });
}

/** Grey lines where text will be; read out as "loading" once. */
export function Waiting({ lines = 4 }: { lines?: number }): JSX.Element {
  const { t } = useText();
  return (
    <div className="op-stack-tight" role="status" aria-label={t('common.loading')}>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} className="op-skeleton" style={{ width: `${90 - ((index * 23) % 50)}%`, margin: '6px 0' }} />
      ))}
    </div>
  );
}

interface Answer<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
}

/** Loading, failed or here: the three faces of one answer. An old answer stays visible while a new one fails. */
export function Loaded<T>({
  from,
  children,
  lines,
}: {
  from: Answer<T>;
  children: (data: T) => ReactNode;
  lines?: number;
}) {
  if (from.data !== undefined) return <>{children(from.data)}</>;
  if (from.error !== null && !from.isPending) return <Failed error={from.error} retry={() => void from.refetch()} />;
  return <Waiting {...(lines === undefined ? {} : { lines })} />;
}
