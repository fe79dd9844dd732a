import { useEffect } from 'react';

const TYPING = 'input, textarea, select, [contenteditable], [role="dialog"], [role="listbox"], [role="menu"]';

/** From anywhere on the page, j or k first brings the keyboard to the list; the rows take over from there. */
export function useListKeys(): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== 'j' && event.key !== 'k') return;
      if (event.metaKey || event.ctrlKey || event.altKey) return;
      const target = event.target as Element;
      if (target.closest(TYPING) !== null || target.closest('tr[data-row]') !== null) return;
      if (document.querySelector('[role="dialog"]') !== null) return;
      document.querySelector<HTMLElement>('tbody[data-list] tr[data-row]')?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
