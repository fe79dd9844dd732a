import type { LedgerObject } from '../../ledger/domain/index.js';
import { SourceError, WRITING_KINDS, type Connector, type Declaration, type ObjectRow } from '../contract/index.js';

/** Something that a declaration says wrongly. `code` is stable; the message names what was expected. */
export interface Finding {
  readonly code: string;
  /** Where, e.g. `objects.receivables.cursor`. */
  readonly path: string;
  readonly message: string;
}

type Report = (code: string, path: string, message: string) => void;

/**
 * PURE. Everything that a declaration can get wrong by itself, and whether the connector has what it declares. An empty
 * list: it agrees with itself. Whether it agrees with the source is for the contract suite and the bench.
 */
export function checkConnector(connector: Connector): readonly Finding[] {
  const findings: Finding[] = [];
  const report: Report = (code, path, message) => void findings.push({ code, path, message });
  const { declaration } = connector;
  checkIdentity(declaration, report);
  checkAuth(declaration, report);
  for (const row of declaration.objects) checkRow(row, report);
  checkTable(declaration, report);
  checkPullOrder(declaration, report);
  checkLimits(declaration, report);
  checkFunctions(connector, report);
  return findings;
}

function checkIdentity(declaration: Declaration, report: Report): void {
  const { id, name, version, countries, description, documentation, allowedHosts = [] } = declaration;
  if (!/^[a-z]+(-[a-z]+)*$/.test(id)) report('ID_FORMAT', 'id', `lower-case words with hyphens, got "${id}"`);
  for (const [path, text] of Object.entries({ name, description }))
    if (text.trim() === '') report('TEXT_EMPTY', path, 'a text for people');
  if (!/^\d+\.\d+\.\d+$/.test(version)) report('VERSION_FORMAT', 'version', `three numbers, got "${version}"`);
  if (countries.length === 0) report('COUNTRIES_EMPTY', 'countries', 'at least one country');
  for (const country of countries)
    if (!/^[A-Z]{2}$/.test(country))
      report('COUNTRY_FORMAT', 'countries', `two capitals (ISO 3166-1), got "${country}"`);
  if (!documentation.startsWith('https://') && !documentation.startsWith('docs/'))
    report('DOCUMENTATION_FORMAT', 'documentation', `an https address or a page below docs/, got "${documentation}"`);
  for (const host of allowedHosts)
    if (!/^(\*\.)?([a-z\d-]+\.)+[a-z]{2,}$/.test(host))
      report('HOST_FORMAT', 'allowedHosts', `a host, or "*." and one with a dot in it, got "${host}"`);
}

function checkAuth({ auth }: Declaration, report: Report): void {
  if (auth.kind === 'none') return;
  const {
    accessLifetimeSeconds: lifetime,
    earliestRefreshSeconds: earliest,
    marginSeconds: margin,
    idleExpiryDays,
  } = auth;
  if (!(lifetime > 0)) report('AUTH_LIFETIME', 'auth.accessLifetimeSeconds', 'a number above zero');
  if (earliest < 0 || margin < 0 || earliest + margin > lifetime)
    report('AUTH_REFRESH_WINDOW', 'auth', 'earliestRefreshSeconds + marginSeconds within accessLifetimeSeconds, or no moment is left to refresh in'); // prettier-ignore
  if (idleExpiryDays !== null && !(idleExpiryDays > 0))
    report('AUTH_IDLE_EXPIRY', 'auth.idleExpiryDays', 'days above zero, or null');
  if (auth.refreshToken === 'single-use' && auth.ambiguousRefreshIsSafe)
    report('AUTH_AMBIGUOUS_REFRESH', 'auth.ambiguousRefreshIsSafe', 'false: a single-use token may be spent when no answer came'); // prettier-ignore
}

function checkRow(row: ObjectRow, report: Report): void {
  const path = `objects.${row.object}`;
  for (const key of ['label', 'deleteSignal', 'completeness'] as const)
    if (row[key].trim() === '') report('TEXT_EMPTY', `${path}.${key}`, 'plain words for the admin who consents');
  if (row.readMode === 'delta' && row.cursor === 'none')
    report('CURSOR_MISSING', `${path}.cursor`, 'a cursor family, because changes are read from a place on');
  if (row.readMode === null && (row.cursor !== 'none' || row.pageSize !== null))
    report('CURSOR_UNUSED', path, 'cursor none and pageSize null, because it is not read');
  if (row.pageSize !== null && !(Number.isInteger(row.pageSize) && row.pageSize > 0))
    report('PAGE_SIZE', `${path}.pageSize`, 'a whole number above zero, or null');
  for (const { operation, label } of row.writeOperations) {
    if (!WRITING_KINDS.includes(operation))
      report('OPERATION_UNKNOWN', `${path}.writeOperations`, `one of ${WRITING_KINDS.join(', ')}, got "${operation}"`);
    if (label.trim() === '') report('TEXT_EMPTY', `${path}.writeOperations.${operation}.label`, 'plain words');
  }
}

function checkTable({ objects }: Declaration, report: Report): void {
  const seen = new Set<string>();
  for (const { object } of objects) {
    if (seen.has(object)) report('OBJECT_TWICE', `objects.${object}`, 'one row per object');
    seen.add(object);
  }
  if (!seen.has('debtors')) report('DEBTORS_MISSING', 'objects', 'a row for debtors');
  const operations = objects.flatMap(({ writeOperations }) => writeOperations.map(({ operation }) => operation));
  for (const operation of new Set(operations))
    if (operations.filter((each) => each === operation).length > 1)
      report('OPERATION_TWICE', `writeOperations.${operation}`, 'one place to write it');
}

function checkPullOrder({ objects, pullOrder }: Declaration, report: Report): void {
  if (pullOrder.length === 0) report('PULL_ORDER_EMPTY', 'pullOrder', 'at least one object');
  if (new Set(pullOrder).size !== pullOrder.length) report('PULL_ORDER_TWICE', 'pullOrder', 'each object once');
  for (const object of pullOrder)
    if (!objects.some((row) => row.object === object && row.readMode !== null))
      report('PULL_ORDER_UNREAD', `pullOrder.${object}`, 'a row of the object table that is read');
  const place = (object: LedgerObject): number => pullOrder.indexOf(object);
  if (place('receivables') >= 0 && (place('debtors') < 0 || place('debtors') > place('receivables')))
    report('PULL_ORDER_DEBTORS_FIRST', 'pullOrder', 'debtors before what they owe');
  if (place('deletions') >= 0 && place('deletions') !== pullOrder.length - 1)
    report('PULL_ORDER_DELETIONS_LAST', 'pullOrder', 'deletions last, so that nothing comes back behind them');
}

function checkLimits({ budgets, settings }: Declaration, report: Report): void {
  for (const { label, count, perSeconds, stopAt, counts } of budgets) {
    if (!(count > 0 && perSeconds > 0)) report('BUDGET_EMPTY', `budgets.${label}`, 'a count and seconds above zero');
    if (stopAt !== undefined && (counts !== 'errors' || stopAt >= count))
      report('BUDGET_STOP', `budgets.${label}.stopAt`, 'below count, and of errors only');
  }
  const keys = settings.map(({ key }) => key);
  for (const key of new Set(keys)) {
    if (!/^[a-z][A-Za-z\d]*$/.test(key)) report('SETTING_KEY', `settings.${key}`, 'a key such as "documentType"');
    if (keys.indexOf(key) !== keys.lastIndexOf(key)) report('SETTING_TWICE', `settings.${key}`, 'each key once');
  }
}

const STATES: readonly string[] = ['dunning-status', 'badge', 'standing', 'own-reminders', 'reminder-email'];

/** Whether the functions are there that the table promises, and whether the pure ones are as tame as they must be. */
function checkFunctions(connector: Connector, report: Report): void {
  const { objects, pullOrder, hints } = connector.declaration;
  const shows = objects.some(({ writeOperations }) =>
    writeOperations.some(({ operation }) => STATES.includes(operation)),
  );
  if (shows !== (connector.show !== undefined))
    report('SHOW', 'show', shows ? 'a function, because states are declared' : 'no function, because no state is declared'); // prettier-ignore
  if ((hints !== undefined) !== (connector.hear !== undefined))
    report('HEAR', 'hear', hints === undefined ? 'no function, because no hints are declared' : 'a function, because hints are declared'); // prettier-ignore
  for (const object of pullOrder) {
    const first = connector.firstPosition(object);
    if (JSON.stringify(JSON.parse(JSON.stringify(first))) !== JSON.stringify(first))
      report('POSITION_FORMAT', `firstPosition.${object}`, 'JSON');
    for (const nonsense of [null, 'text', 42, [], {}])
      if (!isTame(connector, object, nonsense))
        report('MAP_THROWS', `map.${object}`, `rejected or ignored for ${JSON.stringify(nonsense)}`);
  }
}

function isTame(connector: Connector, object: LedgerObject, raw: unknown): boolean {
  try {
    const { outcome } = connector.map(raw, { object, currency: 'EUR', country: 'NL' });
    return outcome === 'rejected' || outcome === 'ignored';
  } catch (error) {
    if (error instanceof SourceError || error instanceof Error) return false;
    throw error;
  }
}
