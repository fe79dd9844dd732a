import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { JSX } from 'react';
import type { ColumnMapping, TablePreview } from '../../api/types';
import { Section } from '../../ui/page';
import { lookUp, useText } from '../../ui/text';

interface ColumnChoicesProps {
  seen: TablePreview;
  choose: (mapping: ColumnMapping) => void;
}

/** A line per field: the column that holds it, with what stands there. Fields without a column wait behind a button. */
export function ColumnChoices({ seen, choose }: ColumnChoicesProps): JSX.Element {
  const text = useText();
  const { t } = text;
  const { mapping, fields } = seen;
  const [all, setAll] = useState(false);
  const asked = new Set(seen.missing);
  const shown = fields.filter(
    ({ key, required }) => all || required || asked.has(key) || mapping.columns[key] !== undefined,
  );
  const intro = seen.remembered ? t('files.columnsRemembered') : t('files.columnsProposed');
  return (
    <Section title={t('files.columnsTitle')} intro={intro}>
      <div className="op-table-wrap">
        <table className="op-table" data-cards>
          <thead>
            <tr>
              <th scope="col">{t('files.meaning')}</th>
              <th scope="col">{t('files.column')}</th>
              <th scope="col">{t('files.sample')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((field) => (
              <FieldRow key={field.key} field={field} seen={seen} choose={choose} />
            ))}
          </tbody>
        </table>
      </div>
      <div className="op-row op-spread" style={{ alignItems: 'flex-end' }}>
        <Formats mapping={mapping} choose={choose} hasAmounts={seen.kind !== 'debtors'} />
        {fields.length > shown.length || all ? (
          <Button variant="default" size="xs" onClick={() => setAll(!all)} data-testid="more-fields">
            {all ? t('files.fewerFields') : t('files.moreFields')}
          </Button>
        ) : null}
      </div>
    </Section>
  );
}

interface FieldRowProps extends ColumnChoicesProps {
  field: { key: string; label: string; required: boolean };
}

function FieldRow({ field, seen, choose }: FieldRowProps): JSX.Element {
  const text = useText();
  const { t } = text;
  const { mapping, headers, missing } = seen;
  const column = mapping.columns[field.key] ?? '';
  const name = lookUp(text, 'files.field', field.key);
  const samples = headers.find(({ header }) => header === column)?.samples ?? [];
  const pick = (header: string): void => {
    const { [field.key]: _, ...others } = mapping.columns;
    choose({ ...mapping, columns: header === '' ? others : { ...others, [field.key]: header } });
  };
  const isMissing = missing.includes(field.key);
  return (
    <tr data-testid="field-row" data-id={field.key}>
      <td data-primary>
        <span className="op-strong">{name}</span>
        {field.required && <span className="op-muted op-small"> ({t('files.needed')})</span>}
      </td>
      <td data-label={t('files.column')}>
        <NativeSelect
          aria-label={`${name}: ${t('files.column')}`}
          value={column}
          error={isMissing}
          onChange={(event) => pick(event.currentTarget.value)}
          data={[{ value: '', label: t('files.noColumn') }, ...headers.map(({ header }) => header)]}
        />
      </td>
      <td data-label={t('files.sample')} className="op-muted op-small op-clip">
        {samples.join(' · ')}
      </td>
    </tr>
  );
}

interface FormatsProps {
  mapping: ColumnMapping;
  choose: (mapping: ColumnMapping) => void;
  hasAmounts: boolean;
}

function Formats({ mapping, choose, hasAmounts }: FormatsProps): JSX.Element | null {
  const { t } = useText();
  if (!hasAmounts) return null;
  return (
    <div className="op-row">
      <NativeSelect
        label={t('files.numbers')}
        value={mapping.numbers}
        onChange={(event) => choose({ ...mapping, numbers: event.currentTarget.value as ColumnMapping['numbers'] })}
        data={(['comma', 'point'] as const).map((value) => ({ value, label: t(`files.numbersOf.${value}`) }))}
      />
      <NativeSelect
        label={t('files.dates')}
        value={mapping.dates}
        onChange={(event) => choose({ ...mapping, dates: event.currentTarget.value as ColumnMapping['dates'] })}
        data={(['dmy', 'mdy'] as const).map((value) => ({ value, label: t(`files.datesOf.${value}`) }))}
      />
    </div>
  );
}
