import { Link, useRouter } from '@tanstack/react-router';
import type { JSX } from 'react';
import { Empty, Failed } from '../ui/feedback';
import { useText } from '../ui/text';

export function NotFound(): JSX.Element {
  const { t } = useText();
  return (
    <div className="op-page">
      <Empty
        title={t('common.notFoundTitle')}
        text={t('common.notFoundText')}
        action={<Link to="/">{t('common.toOverview')}</Link>}
      />
    </div>
  );
}

export function RouteFailed({ error }: { error: unknown }): JSX.Element {
  const router = useRouter();
  return (
    <div className="op-page">
      <Failed error={error} retry={() => void router.invalidate()} />
    </div>
  );
}
