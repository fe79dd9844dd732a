import { useEffect, useState } from 'react';
import type { JSX } from 'react';
import { Notice } from '../../ui/feedback';
import { useText } from '../../ui/text';
import { previewTemplate } from './template-preview';
import type { Preview } from './template-preview';

const TYPING_PAUSE_MS = 400;
type Outcome = { preview: Preview } | { problem: string } | null;

/** What a debtor would read, filled in while the text is being edited. */
export function TemplatePreview({ subject, body }: { subject: string; body: string }): JSX.Element {
  const text = useText();
  const { t, language } = text;
  const [outcome, setOutcome] = useState<Outcome>(null);
  useEffect(() => {
    const timer = setTimeout(() => {
      previewTemplate({ subject, body }, text).then(
        (preview) => setOutcome({ preview }),
        (error: unknown) => setOutcome({ problem: error instanceof Error ? error.message : String(error) }),
      );
    }, TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
    // The tools follow from the language; a new object of tools is no reason to fill in again.
  }, [subject, body, language]);
  if (outcome === null) return <span className="op-skeleton" />;
  if ('problem' in outcome) {
    return (
      <Notice tone="warn" icon="warning" title={t('settings.templates.previewFailed', { message: outcome.problem })} />
    );
  }
  return (
    <article className="op-card op-stack-tight" data-testid="template-preview">
      <h3>{outcome.preview.subject}</h3>
      {outcome.preview.paragraphs.map((each, index) =>
        each.kind === 'text' ? (
          <p key={index} style={{ whiteSpace: 'pre-line' }}>
            {each.text}
          </p>
        ) : (
          <p key={index} className="op-block-place">
            {t(`settings.templates.blocks.${each.kind}`)}
          </p>
        ),
      )}
    </article>
  );
}
