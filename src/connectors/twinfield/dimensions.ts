import { SourceError, type BudgetSeen, type ConnectorContext } from '../contract/index.js';
import { processXml } from './client.js';
import { refusalIn } from './soap.js';
import {
  attributeOf,
  childOf,
  element,
  elementAt,
  isElement,
  textOf,
  walk,
  type XmlElement,
  type XmlNode,
} from './xml.js';

/** Twinfield's type of dimension for debtors. */
export const DEBTOR_TYPE = 'DEB';

/** One debtor whole; null when Twinfield says that there is none of that code. */
export async function readDimension(
  context: ConnectorContext,
  office: string,
  code: string,
): Promise<{
  readonly dimension: XmlElement | null;
  readonly message: string;
  readonly budgets: readonly BudgetSeen[];
}> {
  const request = element('read', [
    element('type', 'dimensions'),
    element('office', office),
    element('dimtype', DEBTOR_TYPE),
    element('code', code),
  ]);
  const { root, budgets } = await processXml(context, office, request);
  const refusal = refusalIn(root);
  const found = dimensionIn(root);
  if (refusal === null && found !== null) return { dimension: found, message: '', budgets };
  const message = `Twinfield: ${refusal?.message ?? 'it answered with something else than a debtor'}`;
  // An absent debtor is refused at its code; anything else (the office, the type) is no answer about the debtor.
  if (attributeOf(childOf(found, 'code'), 'result') === '0') return { dimension: null, message, budgets };
  throw new SourceError(refusal?.fields.includes('office') === true ? 'scope_missing' : 'contract_changed', message);
}

/** The debtor of an answer, whether it stands alone or in a list of one. */
export function dimensionIn(root: { readonly name: string; readonly node: XmlNode }): XmlElement | null {
  const node = root.name === 'dimension' ? root.node : childOf(root.node, 'dimension');
  return isElement(node) ? node : null;
}

export function commentOf(dimension: XmlNode): string {
  return creditFieldOf(dimension, 'comment');
}

/** A field of the debtor's credit management; empty when it is not there. */
export function creditFieldOf(dimension: XmlNode, name: 'comment' | 'sendreminder' | 'reminderemail'): string {
  return textOf(elementAt(dimension, 'creditmanagement', name));
}

/** Elements that every write changes by itself. */
const MOVING: readonly string[] = ['touched', 'modified'];

/**
 * PURE. Names of elements that held a value before and hold another one now. Twinfield's documentation does not say
 * that what is left out of a write stays as it is, so every write is looked at afterwards.
 */
export function lostBetween(
  before: XmlElement,
  { after, written }: { after: XmlElement; written: readonly string[] },
): readonly string[] {
  const moving = new Set([...MOVING, ...written]);
  const left = valuesOf(before, moving);
  const right = valuesOf(after, moving);
  return [...left].filter(([path, value]) => right.get(path) !== value).map(([path]) => path);
}

function valuesOf(dimension: XmlElement, moving: ReadonlySet<string>): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  const values = new Map<string, string>();
  for (const [name, node] of walk('dimension', dimension)) {
    if (moving.has(name)) continue;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    const text = textOf(node).trim();
    if (text !== '') values.set(count === 1 ? name : `${name} (${count})`, text);
  }
  return values;
}
