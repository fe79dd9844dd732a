import type { JSX } from 'react';
import { Notice } from '../../ui/feedback';
import { useText } from '../../ui/text';

const RESULTS = ['connected', 'denied', 'invalid-state', 'other-browser', 'code-refused'] as const;
type Result = (typeof RESULTS)[number];

/** How the visit to the accounting package ended, in plain words with what to do next. */
export function ResultNotice({ result }: { result: string | undefined }): JSX.Element | null {
  const { t } = useText();
  const known: Result | undefined = RESULTS.find((each) => each === result);
  if (known === undefined) return null;
  const good = known === 'connected';
  return (
    <Notice
      tone={good ? 'paid' : 'warn'}
      icon={good ? 'checkCircle' : 'warning'}
      title={t(`connections.result.${known}.title`)}
      testId={`result-${known}`}
    >
      <p>{t(`connections.result.${known}.text`)}</p>
    </Notice>
  );
}
