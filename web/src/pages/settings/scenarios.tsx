import type { JSX } from 'react';
import { useAdministrationPart } from '../../api/queries';
import type { Administration, Page, Scenario, ScenarioStep } from '../../api/types';
import { Empty, Loaded } from '../../ui/feedback';
import { Section } from '../../ui/page';
import { useSegmentName } from '../../ui/segment-badge';
import { Mark } from '../../ui/states';
import { sayOr } from '../../ui/server-words';
import { lookUp, useText } from '../../ui/text';
import type { TextTools } from '../../ui/text';

export function Scenarios({ administration }: { administration: Administration }): JSX.Element {
  const { t } = useText();
  const query = useAdministrationPart<Page<Scenario>>(administration.id, 'scenarios');
  return (
    <Loaded from={query}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={t('settings.scenarios.emptyTitle')} text={t('settings.scenarios.emptyText')} />
        ) : (
          <div className="op-stack" style={{ gap: 32 }}>
            <p className="op-muted">{t('settings.scenarios.intro')}</p>
            {items.map((each) => (
              <ScenarioView key={each.id} scenario={each} />
            ))}
          </div>
        )
      }
    </Loaded>
  );
}

function ScenarioView({ scenario }: { scenario: Scenario }): JSX.Element {
  const text = useText();
  const { t } = text;
  const nameOf = useSegmentName();
  const segments = scenario.definition.segments?.map((id) => nameOf({ id, name: id })).join(', ');
  return (
    <Section
      title={sayOr(`settings.scenarios.names.${scenario.id}`, scenario.name, text)}
      aside={
        <span className="op-muted op-small">{t('settings.scenarios.version', { version: scenario.version })}</span>
      }
      intro={segments ? t('settings.scenarios.usedFor', { segments }) : t('settings.scenarios.unused')}
    >
      <ol className="op-steps" data-testid="scenario" data-id={scenario.id}>
        {scenario.definition.steps.map((step) => (
          <StepView key={step.level} step={step} />
        ))}
      </ol>
    </Section>
  );
}

/** "10 dagen na de vervaldatum", "5 dagen voor de vervaldatum", "op de vervaldatum". */
function sayTrigger({ anchor, days, endOfMonth }: ScenarioStep['trigger'], { t, count }: TextTools): string {
  const size = Math.abs(days);
  const options = { count: size, n: count(size) };
  const sentence = (): string => {
    if (anchor === 'invoice-date') return t('settings.scenarios.afterInvoice', options);
    if (anchor === 'previous-step') return t('settings.scenarios.afterPrevious', options);
    if (days === 0) return t('settings.scenarios.onDue');
    return days < 0 ? t('settings.scenarios.beforeDue', options) : t('settings.scenarios.afterDue', options);
  };
  return endOfMonth === true ? `${sentence()}, ${t('settings.scenarios.endOfMonth')}` : sentence();
}

function StepView({ step }: { step: ScenarioStep }): JSX.Element {
  const text = useText();
  const { t } = text;
  const level = t('states.level.step', { level: step.level });
  return (
    <li className="op-card">
      <div className="op-muted op-small">
        {level} · {lookUp(text, 'states.channel', step.channel)}
      </div>
      <div className="op-strong">
        {step.template === undefined ? level : lookUp(text, 'settings.templates.names', step.template)}
      </div>
      <div>{sayTrigger(step.trigger, text)}</div>
      <div className="op-row op-small" style={{ marginTop: 4 }}>
        {step.fee !== undefined && (
          <Mark tone="warn" icon="info">
            {t('settings.scenarios.fee')}
          </Mark>
        )}
        {step.final === true && (
          <Mark tone="neutral" icon="hand">
            {t('settings.scenarios.final')}
          </Mark>
        )}
      </div>
    </li>
  );
}
