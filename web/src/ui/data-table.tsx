import { Button } from '@mantine/core';
import { Fragment, useRef } from 'react';
import type { JSX, KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { Empty, Failed } from './feedback';
import { SkeletonRows } from './skeleton-rows';
import { useText } from './text';

export interface Column<R> {
  key: string;
  header: ReactNode;
  /** The label beside the value when the row is a card; default the header when that is a text. */
  label?: string;
  cell: (row: R) => ReactNode;
  numeric?: boolean;
  /** Carries the row's link and heads its card. */
  primary?: boolean;
}

export interface RowSource<R> {
  rows: R[] | undefined;
  error?: unknown;
  refetch?: () => unknown;
  hasNextPage?: boolean;
  isFetchingNextPage?: boolean;
  fetchNextPage?: () => unknown;
}

export interface DataTableProps<R> {
  caption: string;
  columns: readonly Column<R>[];
  source: RowSource<R>;
  rowKey: (row: R) => string;
  rowTestId: string;
  empty: { title: string; text: string; action?: ReactNode };
  /** Shown under the row when it returns something. */
  detail?: (row: R) => ReactNode;
  /** Keys that act on the selected row, besides j, k and Enter. */
  onKey?: Record<string, (row: R) => void>;
  keysHint?: string;
}

const INTERACTIVE = 'a, button, input, select, textarea, label, [role="dialog"], pre';

/** A list of one kind of row: link per row, j/k/Enter, cards on a phone, and every state designed. */
export function DataTable<R>(props: DataTableProps<R>): JSX.Element {
  const { source } = props;
  if (source.rows === undefined && source.error) {
    return <Failed error={source.error} retry={() => void source.refetch?.()} />;
  }
  if (source.rows?.length === 0) return <Empty {...props.empty} />;
  return (
    <div>
      <div className="op-table-wrap">
        <table className="op-table" data-cards aria-busy={source.rows === undefined}>
          <caption className="op-visually-hidden">{props.caption}</caption>
          <TableHead columns={props.columns} />
          {source.rows === undefined ? (
            <SkeletonRows columns={props.columns.length} />
          ) : (
            <TableBody {...props} rows={source.rows} />
          )}
        </table>
      </div>
      <TableFoot source={source} hint={props.keysHint} />
    </div>
  );
}

function TableHead<R>({ columns }: { columns: readonly Column<R>[] }): JSX.Element {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column.key} scope="col" className={column.numeric ? 'op-num' : undefined}>
            {column.header}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** Opens the row through its own link, so that modifiers, history and middle clicks behave as links do. */
function openRow(row: Element): void {
  row.querySelector<HTMLElement>('[data-row-link]')?.click();
}

function onRowClick(event: MouseEvent<HTMLTableRowElement>): void {
  const inside = (event.target as Element).closest(INTERACTIVE);
  if (inside === null && (globalThis.getSelection()?.toString() ?? '') === '') openRow(event.currentTarget);
}

function focusSibling(row: Element, step: 1 | -1): void {
  const rows = [...(row.parentElement?.querySelectorAll<HTMLElement>('tr[data-row]') ?? [])];
  rows[rows.indexOf(row as HTMLElement) + step]?.focus();
}

function TableBody<R>(props: DataTableProps<R> & { rows: R[] }): JSX.Element {
  const body = useRef<HTMLTableSectionElement>(null);
  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>, row: R): void => {
    if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey) return;
    const moves: Record<string, () => void> = {
      j: () => focusSibling(event.currentTarget, 1),
      ArrowDown: () => focusSibling(event.currentTarget, 1),
      k: () => focusSibling(event.currentTarget, -1),
      ArrowUp: () => focusSibling(event.currentTarget, -1),
      Enter: () => openRow(event.currentTarget),
    };
    const act = moves[event.key] ?? (props.onKey?.[event.key] && (() => props.onKey?.[event.key]?.(row)));
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  return (
    <tbody ref={body} data-list>
      {props.rows.map((row, index) => (
        <Row key={props.rowKey(row)} {...props} row={row} first={index === 0} onKeyDown={onKeyDown} />
      ))}
    </tbody>
  );
}

interface RowProps<R> extends DataTableProps<R> {
  row: R;
  first: boolean;
  onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>, row: R) => void;
}

function Row<R>({ row, first, columns, rowKey, rowTestId, detail, onKeyDown }: RowProps<R>): JSX.Element {
  const below = detail?.(row);
  return (
    <Fragment>
      <tr
        data-row
        data-clickable
        data-testid={rowTestId}
        data-id={rowKey(row)}
        tabIndex={first ? 0 : -1}
        onClick={onRowClick}
        onKeyDown={(event) => onKeyDown(event, row)}
      >
        {columns.map((column) => (
          <Cell key={column.key} column={column} row={row} />
        ))}
      </tr>
      {below !== undefined && below !== null && (
        <tr data-detail>
          <td colSpan={columns.length}>{below}</td>
        </tr>
      )}
    </Fragment>
  );
}

function Cell<R>({ column, row }: { column: Column<R>; row: R }): JSX.Element {
  const value = column.cell(row);
  const label = column.label ?? (typeof column.header === 'string' ? column.header : undefined);
  return (
    <td
      className={column.numeric ? 'op-num' : undefined}
      data-label={label === '' ? undefined : label}
      data-primary={column.primary || undefined}
      data-empty={value === null || undefined}
    >
      {value}
    </td>
  );
}

function TableFoot<R>({ source, hint }: { source: RowSource<R>; hint: string | undefined }): JSX.Element | null {
  const { t, count } = useText();
  const shown = source.rows?.length ?? 0;
  if (shown === 0) return null;
  const n = count(shown);
  return (
    <div className="op-spread op-muted op-small" style={{ paddingTop: 8 }}>
      <span>
        {source.hasNextPage ? t('common.rowsMore', { n }) : t('common.rows', { count: shown, n })}
        <span className="op-keys-hint"> · {hint ?? t('common.keysHint')}</span>
      </span>
      {source.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          loading={source.isFetchingNextPage ?? false}
          onClick={() => void source.fetchNextPage?.()}
        >
          {t('common.loadMore')}
        </Button>
      )}
    </div>
  );
}
