import { Button } from '@mantine/core';
import { useState } from 'react';
import type { JSX } from 'react';
import { useFilePreview, useImportFile } from '../../api/files';
import type { Administration, FilePreview, FileQuestion, ImportFile, TableKind, TablePreview } from '../../api/types';
import { Failed, Loaded, Notice, notifyDone } from '../../ui/feedback';
import { FactList, Section } from '../../ui/page';
import { lookUp, useText } from '../../ui/text';
import { ColumnChoices } from './column-choices';
import { PreviewRows } from './preview-rows';

const KINDS: readonly TableKind[] = ['open-items', 'debtors', 'payments'];

interface ReviewProps {
  file: ImportFile;
  administration: Administration;
  close: () => void;
}

/** What a file is taken for, and what comes of it: corrected here, then imported. */
export function Review({ file, administration, close }: ReviewProps): JSX.Element {
  const { t } = useText();
  const [asked, ask] = useState<FileQuestion>({});
  const query = useFilePreview(file.id, asked);
  return (
    <section className="op-card op-stack" aria-label={t('files.reviewTitle', { name: file.name })} data-testid="review">
      <div className="op-spread">
        <h2 style={{ overflowWrap: 'anywhere' }}>{t('files.reviewTitle', { name: file.name })}</h2>
        <Button variant="default" size="xs" onClick={close}>
          {t('files.close')}
        </Button>
      </div>
      <Loaded from={query} lines={8}>
        {(seen) =>
          seen.kind === 'invoice' ? (
            <InvoiceFacts invoice={seen.invoice} />
          ) : (
            <TableReview seen={seen} asked={asked} ask={ask} />
          )
        }
      </Loaded>
      {query.isError && query.data !== undefined && <Failed error={query.error} />}
      {query.data !== undefined && (
        <ImportBar
          file={file}
          administration={administration}
          seen={query.data}
          fresh={!query.isFetching}
          close={close}
        />
      )}
    </section>
  );
}

interface TableReviewProps {
  seen: TablePreview;
  asked: FileQuestion;
  ask: (question: FileQuestion) => void;
}

function TableReview({ seen, asked, ask }: TableReviewProps): JSX.Element {
  const { t } = useText();
  return (
    <>
      <div className="op-stack-tight" role="group" aria-labelledby="file-kind">
        <span className="op-strong" id="file-kind">
          {t('files.kindQuestion')}
        </span>
        <div className="op-chips">
          {KINDS.map((kind) => (
            <button
              key={kind}
              type="button"
              className="op-chip"
              aria-pressed={kind === (asked.kind ?? seen.kind)}
              // The columns of one kind say nothing about another: the server proposes anew.
              onClick={() => ask({ kind })}
              data-testid={`kind-${kind}`}
            >
              {t(`files.kind.${kind}`)}
            </button>
          ))}
        </div>
      </div>
      <ColumnChoices seen={seen} choose={(mapping) => ask({ kind: seen.kind, mapping })} />
      <PreviewRows seen={seen} />
    </>
  );
}

function InvoiceFacts({ invoice }: { invoice: Record<string, string> }): JSX.Element {
  const text = useText();
  return (
    <Section title={text.t('files.previewTitle')}>
      <FactList
        items={Object.entries(invoice).map(
          ([key, value]) => [lookUp(text, 'files.field', key), String(value)] as const,
        )}
      />
    </Section>
  );
}

interface ImportBarProps {
  file: ImportFile;
  administration: Administration;
  seen: FilePreview;
  /** False while a changed choice is being read. */
  fresh: boolean;
  close: () => void;
}

/** The one action; when a list leaves out much, it is asked a second time with the number in it. */
function ImportBar({ file, administration, seen, fresh, close }: ImportBarProps): JSX.Element {
  const text = useText();
  const { t, count } = text;
  const order = useImportFile(administration.id);
  const held = order.data?.status === 'held' ? order.data.counts : file.state === 'held' ? file.counts : null;
  const table = seen.kind === 'invoice' ? null : seen;
  const n = table?.preview.understood ?? 1;
  const missing = table?.missing ?? [];
  const go = (confirmed: boolean): void => {
    const asked = table === null ? {} : { kind: table.kind, mapping: table.mapping };
    const wanted = { id: file.id, ...asked, confirmed };
    order.mutate(wanted, {
      onSuccess: ({ status }) => {
        if (status !== 'imported') return;
        notifyDone(t('files.done', { name: file.name }));
        close();
      },
    });
  };
  const dropped = held?.dropped ?? 0;
  return (
    <div className="op-stack-tight">
      {held !== null && (
        <Notice
          tone="warn"
          icon="warning"
          title={t('files.heldTitle', { dropped: count(dropped), open: count(held.open ?? 0) })}
          testId="held"
        >
          <p>{t('files.heldText')}</p>
        </Notice>
      )}
      {missing.length > 0 && (
        <Notice
          tone="warn"
          icon="warning"
          title={t('files.missing', { fields: missing.map((key) => lookUp(text, 'files.field', key)).join(', ') })}
          testId="missing-columns"
        />
      )}
      {order.isError && <Failed error={order.error} />}
      <div className="op-row" style={{ justifyContent: 'flex-end' }}>
        <Button
          color={held === null ? 'accent' : 'red'}
          disabled={missing.length > 0 || n === 0 || !fresh}
          loading={order.isPending}
          onClick={() => go(held !== null)}
          data-testid="import-file"
        >
          {held === null
            ? t(`files.import.${seen.kind}`, { count: n, n: count(n) })
            : t('files.heldConfirm', { count: dropped, n: count(dropped) })}
        </Button>
      </div>
    </div>
  );
}
