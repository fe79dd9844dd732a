import type { JSX } from 'react';
import type { Connector, ConnectorObject } from '../../api/types';
import { Mark } from '../../ui/states';
import { lookUp, useText } from '../../ui/text';
import type { TextTools } from '../../ui/text';

function readMode(object: ConnectorObject, { t }: TextTools): string | null {
  if (object.readMode === null || object.readMode === 'none') return null;
  return object.readMode === 'delta' ? t('connections.readDelta') : t('connections.readSnapshot');
}

/** What we can and cannot read or write at this package, straight from the connector's declaration. */
export function CapabilityTable({ connector }: { connector: Connector }): JSX.Element {
  const { t, span } = useText();
  const limits = connector.limits.map((each) =>
    t('connections.perSeconds', { label: each.label, n: each.count, span: span(each.perSeconds) }),
  );
  return (
    <div className="op-stack-tight" data-testid="capabilities">
      <h2>{t('connections.canTitle')}</h2>
      <div className="op-table-wrap">
        <table className="op-table" data-cards>
          <thead>
            <tr>
              <th scope="col">{t('connections.object')}</th>
              <th scope="col">{t('connections.read')}</th>
              <th scope="col">{t('connections.write')}</th>
              <th scope="col">{t('connections.remark')}</th>
            </tr>
          </thead>
          <tbody>
            {connector.objects.map((each) => (
              <CapabilityRow key={each.object} object={each} />
            ))}
          </tbody>
        </table>
      </div>
      {limits.length > 0 && (
        <p className="op-muted op-small">{t('connections.limits', { limits: limits.join('; ') })}</p>
      )}
    </div>
  );
}

function CapabilityRow({ object }: { object: ConnectorObject }): JSX.Element {
  const text = useText();
  const { t } = text;
  const read = readMode(object, text);
  const remarks = [
    object.completeness,
    object.deleteSignal === null ? '' : t('connections.deletions', { signal: object.deleteSignal }),
  ].filter((each) => each !== '');
  return (
    <tr>
      <td data-primary>
        <span className="op-strong">{object.label || lookUp(text, 'states.object', object.object)}</span>
      </td>
      <td data-label={t('connections.read')}>
        {read === null ? (
          <Mark tone="neutral" icon="hand">
            {t('connections.readNo')}
          </Mark>
        ) : (
          <Mark tone="paid" icon="check">
            {read}
          </Mark>
        )}
      </td>
      <td data-label={t('connections.write')}>
        {object.writeOperations.length === 0 ? (
          <Mark tone="neutral" icon="hand">
            {t('connections.writeNo')}
          </Mark>
        ) : (
          object.writeOperations.map((each) => (
            <Mark key={each.operation} tone="accent" icon="check">
              {each.label}
            </Mark>
          ))
        )}
      </td>
      <td data-label={t('connections.remark')} className="op-muted op-small">
        {remarks.join('. ')}
      </td>
    </tr>
  );
}
