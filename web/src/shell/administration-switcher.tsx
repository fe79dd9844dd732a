import { NativeSelect } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useChosenAdministration } from '../administration-choice';
import { useAdministrations } from '../api/queries';
import { useText } from '../ui/text';

const LISTS = ['/debtors', '/receivables', '/runs', '/messages', '/writebacks', '/settings', '/tasks'];

/** A page about one thing belongs to its own administration; switching there leads to the list it came from. */
function targetOf(path: string): string {
  return LISTS.find((list) => path.startsWith(list)) ?? '/';
}

/** Which administration the pages show. It stands in the address, so a view can be shared. */
export function AdministrationSwitcher(): JSX.Element | null {
  const { t } = useText();
  const navigate = useNavigate();
  const items = (useAdministrations().data?.items ?? []).filter((each) => each.enabled);
  const chosen = useChosenAdministration();
  if (items.length === 0) return <span style={{ flex: 1 }} />;
  const options = items.map((each) => ({ value: each.id, label: each.name }));
  const choose = (id: string): void => {
    const administration = id === '' ? undefined : id;
    const to = targetOf(globalThis.location.pathname);
    void navigate({ to, search: { administration } });
  };
  return (
    <div className="op-switcher">
      <NativeSelect
        aria-label={t('common.administration')}
        value={chosen?.id ?? ''}
        onChange={(event) => choose(event.currentTarget.value)}
        data={items.length === 1 ? options : [{ value: '', label: t('common.allAdministrations') }, ...options]}
        data-testid="administration-switcher"
      />
    </div>
  );
}
