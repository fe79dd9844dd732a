import type { ImportCounts, ImportState } from '../../api/types';
import type { TextTools } from '../../ui/text';

/** "41 rows · 2 in quarantine · 7 settled". */
export function sayCounts(counts: ImportCounts | null, state: ImportState, { t, count }: TextTools): string {
  if (counts === null) return '';
  const parts = [t('files.counts.understood', { count: counts.understood, n: count(counts.understood) })];
  if (counts.refused > 0) parts.push(t('files.counts.refused', { n: count(counts.refused) }));
  if (state === 'held') parts.push(t('files.counts.dropped', { n: count(counts.dropped ?? 0) }));
  if ((counts.settled ?? 0) > 0) parts.push(t('files.counts.settled', { n: count(counts.settled ?? 0) }));
  if (counts.applied !== undefined) parts.push(t('files.counts.applied', { n: count(counts.applied) }));
  if (counts.known !== undefined) parts.push(t('files.counts.known'));
  return parts.join(' · ');
}
