import { useAdministrationPart } from '../api/queries';
import type { Page, Scenario } from '../api/types';
import { lookUp, useText } from './text';

/**
 * Names a step by the template it sends ("Herinnering"). A level without a scenario is named only when every scenario
 * of the administration sends the same template at that level; otherwise it is "Stap 2", which is always true.
 */
export function useStepName(administrationId: string): (level: number | null, scenarioId?: string) => string {
  const text = useText();
  const scenarios = useAdministrationPart<Page<Scenario>>(administrationId, 'scenarios').data?.items ?? [];
  return (level, scenarioId) => {
    if (level === null || level === 0) return text.t('states.level.none');
    const candidates = scenarios.filter((each) => scenarioId === undefined || each.id === scenarioId);
    const templates = candidates.map((each) => each.definition.steps.find((step) => step.level === level)?.template);
    const known = new Set(templates.filter((each) => each !== undefined));
    const [only] = known;
    if (known.size !== 1 || only === undefined) return text.t('states.level.step', { level });
    return lookUp(text, 'settings.templates.names', only);
  };
}
