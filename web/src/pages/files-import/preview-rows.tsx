import type { JSX } from 'react';
import type { Money, RowPreview, TablePreview } from '../../api/types';
import { Notice } from '../../ui/feedback';
import { Section } from '../../ui/page';
import { Mark } from '../../ui/states';
import { lookUp, useText } from '../../ui/text';
import type { TextTools } from '../../ui/text';
import { sayProblem } from './say-problem';

const AMOUNTS = new Set(['openAmount', 'amount', 'paidAmount']);
const SHOWN_PROBLEMS = 8;

/** The first rows as they will be understood, how many there are, and what is wrong with the others. */
export function PreviewRows({ seen }: { seen: TablePreview }): JSX.Element {
  const text = useText();
  const { t, count, money } = text;
  const { preview, mapping, fields } = seen;
  const columns = fields.map(({ key }) => key).filter((key) => mapping.columns[key] !== undefined);
  const totals = preview.totals.map((each) => money(each)).join(' + ');
  const summary = [
    t('files.summary', { understood: count(preview.understood), rows: count(preview.rows) }),
    ...(totals === '' ? [] : [t('files.summaryTotal', { totals })]),
  ];
  return (
    <Section title={t('files.previewTitle')} intro={<span data-testid="preview-summary">{summary.join(', ')}</span>}>
      <div className="op-table-wrap" style={{ overflowX: 'auto' }}>
        <table className="op-table op-dense op-first-few" data-cards>
          <thead>
            <tr>
              <th scope="col">{t('files.line')}</th>
              {columns.map((key) => (
                <th key={key} scope="col" className={AMOUNTS.has(key) ? 'op-num' : undefined}>
                  {lookUp(text, 'files.field', key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.first.map((row) => (
              <PreviewRow key={row.line} row={row} columns={columns} />
            ))}
          </tbody>
        </table>
      </div>
      <Problems problems={preview.problems} total={preview.refused} />
    </Section>
  );
}

function PreviewRow({ row, columns }: { row: RowPreview; columns: readonly string[] }): JSX.Element {
  const text = useText();
  const { understood } = row;
  if (understood === null) {
    return (
      <tr>
        <td data-primary>{row.line}</td>
        <td colSpan={columns.length}>
          <Mark tone="failed" icon="warning" wrap>
            {sayProblem(row.message ?? '', text)}
          </Mark>
        </td>
      </tr>
    );
  }
  return (
    <tr data-testid="preview-row">
      <td data-primary className="op-muted">
        {row.line}
      </td>
      {columns.map((key) => {
        const shown = show(understood[key] ?? null, key, text);
        return (
          <td
            key={key}
            data-label={lookUp(text, 'files.field', key)}
            data-empty={shown === '' || undefined}
            className={AMOUNTS.has(key) ? 'op-num' : 'op-nowrap op-clip'}
            title={shown}
          >
            {shown}
          </td>
        );
      })}
    </tr>
  );
}

function show(value: string | Money | null, key: string, { money, language }: TextTools): string {
  if (value === null) return '';
  if (typeof value !== 'string') return money(value);
  return key.endsWith('Date') && /^\d{4}-\d{2}-\d{2}$/.test(value) ? dateInWords(value, language) : value;
}

/** With the month as a word and the year in full: what day and month were taken for must be plain to see. */
function dateInWords(date: string, language: string): string {
  const format = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return format.format(new Date(`${date}T00:00:00Z`));
}

interface ProblemsProps {
  problems: { line: number; message: string }[];
  total: number;
}

function Problems({ problems, total }: ProblemsProps): JSX.Element | null {
  const text = useText();
  const { t, count } = text;
  if (total === 0) return null;
  return (
    <Notice tone="warn" icon="warning" title={t('files.problems', { count: total, n: count(total) })} testId="problems">
      <ul className="op-plain-list op-small">
        {problems.slice(0, SHOWN_PROBLEMS).map(({ line, message }) => (
          <li key={line}>{sayProblem(message, text)}</li>
        ))}
        {total > SHOWN_PROBLEMS && <li>…</li>}
      </ul>
      <p className="op-muted op-small">{t('files.problemsHint')}</p>
    </Notice>
  );
}
