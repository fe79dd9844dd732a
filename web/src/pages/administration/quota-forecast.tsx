import type { JSX } from 'react';
import type { Forecast } from '../../api/types';
import { Notice } from '../../ui/feedback';
import { FactList } from '../../ui/page';
import { useNow, useText } from '../../ui/text';

/** What the schedule will cost of what the package allows. */
export function QuotaForecast({ forecast }: { forecast: Forecast }): JSX.Element {
  const text = useText();
  const { t, count } = text;
  const now = useNow();
  const { day, minute } = forecast;
  const hasLimit = day !== null || minute !== null;
  return (
    <div className="op-stack" data-testid="quota-forecast" data-warning={forecast.warning ?? ''}>
      <FactList
        items={[
          [
            t('administration.forecastRun'),
            t(`administration.forecastBasis.${forecast.basis}`, { calls: count(forecast.callsPerRun) }),
          ],
          [
            t('administration.forecastToday'),
            t('administration.forecastTodayValue', {
              runs: count(forecast.runsLeftToday),
              calls: count(forecast.callsLeftToday),
            }),
          ],
          [
            t('administration.forecastDay'),
            t('administration.forecastDayValue', {
              runs: count(forecast.runsPerDay),
              calls: count(forecast.callsPerDay),
            }),
          ],
          [
            t('administration.forecastMinute'),
            minute === null
              ? null
              : t('administration.forecastOf', { left: count(minute.remaining), limit: count(minute.limit) }),
          ],
          [
            t('administration.forecastReserve'),
            day === null ? null : t('administration.forecastReserveValue', { reserve: count(day.reserve) }),
          ],
        ]}
      />
      {day !== null && <DayBar forecast={forecast} />}
      {day !== null && (
        <p className="op-muted op-small">
          {t('administration.forecastResets', { when: text.relative(day.resetsAt, now) })}
        </p>
      )}
      {!hasLimit && <p className="op-muted op-small">{t('administration.forecastNoLimit')}</p>}
    </div>
  );
}

/** Beside the button that saves: the schedule cannot fit, and what happens if it is saved all the same. */
export function ForecastWarning({ forecast }: { forecast: Forecast }): JSX.Element | null {
  const { t, count } = useText();
  const { warning, day, minute } = forecast;
  if (warning === null) return null;
  const usable = day === null ? 0 : day.limit - day.reserve;
  return (
    <Notice tone="warn" icon="warning" title={t(`administration.forecastWarning.${warning}`)} testId="forecast-warning">
      <p className="op-small">
        {t(`administration.forecastWarningText.${warning}`, {
          calls: count(warning === 'today' ? forecast.callsLeftToday : forecast.callsPerDay),
          usable: count(warning === 'today' && day !== null ? Math.max(0, usable - day.used) : usable),
          perRun: count(forecast.callsPerRun),
          perMinute: count(minute === null ? 0 : minute.limit - minute.reserve),
        })}
      </p>
    </Notice>
  );
}

/** Today: what was used, what this schedule will use, what is free, what is kept. */
function DayBar({ forecast }: { forecast: Forecast }): JSX.Element | null {
  const { t, count } = useText();
  const { day, callsLeftToday } = forecast;
  if (day === null) return null;
  const expected = Math.min(callsLeftToday, Math.max(0, day.limit - day.used));
  const parts = [
    { key: 'used', units: Math.min(day.used, day.limit), color: 'var(--op-accent)' },
    { key: 'expected', units: expected, color: 'var(--op-not-due)' },
  ] as const;
  const share = (units: number): string => `${(units / Math.max(1, day.limit)) * 100}%`;
  return (
    <div className="op-stack-tight">
      <div className="op-bar-track" style={{ display: 'flex' }} aria-hidden="true">
        {parts.map(({ key, units, color }) => (
          <div key={key} style={{ width: share(units), background: color }} />
        ))}
      </div>
      <ul className="op-small op-row" style={{ listStyle: 'none', margin: 0, padding: 0, gap: 16 }}>
        {parts.map(({ key, units, color }) => (
          <li key={key}>
            <span
              aria-hidden="true"
              style={{
                display: 'inline-block',
                width: 10,
                height: 10,
                borderRadius: 2,
                marginRight: 6,
                background: color,
              }}
            />
            {t(`administration.forecastParts.${key}`, { calls: count(units) })}
          </li>
        ))}
        <li>{t('administration.forecastOf', { left: count(day.remaining), limit: count(day.limit) })}</li>
      </ul>
    </div>
  );
}
