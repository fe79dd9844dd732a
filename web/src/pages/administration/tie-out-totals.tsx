import type { JSX } from 'react';
import type { Money, TieOutCurrency, TieOutSide } from '../../api/types';
import { Section } from '../../ui/page';
import { Mark } from '../../ui/states';
import { useText } from '../../ui/text';

/** Count and sum of both sides per currency. */
export function TieOutTotals({ currencies }: { currencies: TieOutCurrency[] }): JSX.Element {
  const { t } = useText();
  const headers = [t('tieOut.ours'), t('tieOut.theirs'), t('tieOut.difference')];
  return (
    <Section title={t('tieOut.totals')} intro={t('tieOut.totalsIntro')}>
      <div className="op-table-wrap">
        <table className="op-table" data-cards data-testid="tie-out-totals">
          <thead>
            <tr>
              <th scope="col">{t('tieOut.currency')}</th>
              {headers.map((each) => (
                <th key={each} scope="col" className="op-num">
                  {each}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {currencies.map((each) => (
              <tr key={each.currency}>
                <td data-primary className="op-strong">
                  {each.currency}
                </td>
                <td className="op-num" data-label={headers[0]}>
                  <Side side={each.ours} />
                </td>
                <td className="op-num" data-label={headers[1]}>
                  <Side side={each.theirs} />
                </td>
                <td className="op-num" data-label={headers[2]}>
                  <Difference value={each.difference} differs={each.differingDebtors > 0} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

/** The sum, with the number of items below it. */
export function Side({ side }: { side: TieOutSide }): JSX.Element {
  const { t, money, count } = useText();
  return (
    <span>
      <span className="op-nowrap">{money(side.open)}</span>
      <br />
      <span className="op-muted op-small">{t('tieOut.items', { count: side.count, n: count(side.count) })}</span>
    </span>
  );
}

/** A difference that is nothing in all may still hide two that make up for each other. */
export function Difference({ value, differs }: { value: Money; differs: boolean }): JSX.Element {
  const { money } = useText();
  return (
    <Mark tone={differs ? 'failed' : 'paid'} icon={differs ? 'warning' : 'check'}>
      <span className="op-nowrap">{money(value)}</span>
    </Mark>
  );
}
