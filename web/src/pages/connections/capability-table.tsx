import type { JSX } from 'react';
import type { Connector, ConnectorObject } from '../../api/types';
import { Mark } from '../../ui/states';
import { sayDeclared, sayOr } from '../../ui/server-words';
import { useText } from '../../ui/text';
import type { TextTools } from '../../ui/text';

function readMode(object: ConnectorObject, { t }: TextTools): string | null {
  if (object.readMode === null || object.readMode === 'none') return null;
  return object.readMode === 'delta' ? t('connections.readDelta') : t('connections.readSnapshot');
}

/** Our own sentence about this record where there is one, else the declaration's words. */
function sayRemarks(connector: Connector, object: ConnectorObject, text: TextTools): string {
  const ours = sayDeclared(connector, object.object, text);
  if (ours !== null) return ours;
  const deletions =
    object.deleteSignal === null ? '' : text.t('connections.deletions', { signal: object.deleteSignal });
  return [object.completeness, deletions].filter((each) => each !== '').join(' ');
}

/** What we can and cannot read or write at this package, straight from the connector's declaration. */
export function CapabilityTable({ connector }: { connector: Connector }): JSX.Element {
  const text = useText();
  const { t, count } = text;
  const limits = connector.limits.map((each) =>
    t('connections.limitItem', { n: count(each.count), label: sayOr(`server.limit.${each.label}`, each.label, text) }),
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
              <th scope="col" style={{ width: '30%' }}>
                {t('connections.write')}
              </th>
              <th scope="col">{t('connections.remark')}</th>
            </tr>
          </thead>
          <tbody>
            {connector.objects.map((each) => (
              <CapabilityRow key={each.object} connector={connector} object={each} />
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

function CapabilityRow({ connector, object }: { connector: Connector; object: ConnectorObject }): JSX.Element {
  const text = useText();
  const { t } = text;
  const read = readMode(object, text);
  const remarks = sayRemarks(connector, object, text);
  return (
    <tr>
      <td data-primary>
        <span className="op-strong">{sayOr(`states.object.${object.object}`, object.label, text)}</span>
      </td>
      <td data-label={t('connections.read')}>
        {read === null ? (
          <Mark tone="neutral" icon="hand">
            {t('connections.readNo')}
          </Mark>
        ) : (
          <Mark tone="paid" icon="check" wrap>
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
            <div key={each.operation}>
              <Mark tone="accent" icon="check" wrap>
                {sayOr(`server.operation.${each.operation}`, each.label, text)}
              </Mark>
              <div className="op-muted op-small">{sayOr(`connections.repeat.${each.idempotency}`, '', text)}</div>
            </div>
          ))
        )}
      </td>
      <td data-label={t('connections.remark')} className="op-muted op-small">
        {remarks}
      </td>
    </tr>
  );
}
