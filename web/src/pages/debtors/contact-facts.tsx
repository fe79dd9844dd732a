import type { JSX } from 'react';
import type { Debtor } from '../../api/types';
import { FactList } from '../../ui/page';
import { Mark } from '../../ui/states';
import { lookUp, useText } from '../../ui/text';

function addressOf({ address }: Debtor): string | null {
  if (address === null) return null;
  const town = [address.postcode, address.city].filter(Boolean).join(' ');
  return [address.line, town, address.country].filter(Boolean).join(', ') || null;
}

export function ContactFacts({ debtor }: { debtor: Debtor }): JSX.Element {
  const text = useText();
  const { t } = text;
  const to = debtor.dunningContact;
  return (
    <FactList
      items={[
        [
          t('debtor.code'),
          <span key="code" className="op-mono">
            {debtor.code}
          </span>,
        ],
        [t('debtor.contactName'), debtor.contactName],
        [
          t('debtor.email'),
          debtor.email === null ? (
            <NoEmail key="none" />
          ) : (
            <a key="mail" href={`mailto:${debtor.email}`}>
              {debtor.email}
            </a>
          ),
        ],
        [
          t('debtor.phone'),
          debtor.phone && (
            <a key="phone" href={`tel:${debtor.phone}`}>
              {debtor.phone}
            </a>
          ),
        ],
        [t('debtor.dunningContact'), to === null ? t('debtor.dunningContactDefault') : `${to.name} <${to.email}>`],
        [t('debtor.address'), addressOf(debtor)],
        [t('debtor.kind'), lookUp(text, 'states.debtorKind', debtor.kind)],
        [t('debtor.language'), debtor.language && lookUp(text, 'states.lang', debtor.language)],
        [t('debtor.vat'), debtor.vatNumber],
        [t('debtor.coc'), debtor.chamberOfCommerce],
        [t('debtor.accountManager'), debtor.accountManager],
        [t('debtor.blockedInLedger'), debtor.blockedInLedger ? t('common.yes') : null],
      ]}
    />
  );
}

function NoEmail(): JSX.Element {
  const { t } = useText();
  return (
    <Mark tone="warn" icon="warning">
      {t('debtor.emailNone')}
    </Mark>
  );
}
