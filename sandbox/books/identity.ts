import { belgianEnterpriseNumber, dutchRsin } from './check-digits.js';
import type { BookDebtor } from './model.js';
import { FIRST_NAMES, LEGAL_FORMS, SURNAMES, TRADES } from './names.js';
import { PLACES, STREETS, type Region } from './places.js';
import { createRandom, guidsOf, type Random } from './random.js';

/** Who a debtor is, apart from the dates and terms that follow from the receivables. */
export type Identity = Omit<BookDebtor, 'paymentDays' | 'createdOn'>;

const CONSUMER_SHARE = 0.08;
const ENGLISH_SHARE = 0.03;
/** One debtor in this many has no e-mail address: three in a hundred, at fixed places so that a test can find them. */
const WITHOUT_EMAIL_EVERY = 33;
const WITHOUT_EMAIL_AT = 16;

/** Makes debtors one by one, in code order, and never the same name or mailbox twice within one book. */
export function createIdentities(seed: number): (key: string, region: Region) => Identity {
  const names = new Set<string>();
  let index = 0;
  return (key, region) => {
    const identity = makeIdentity(`${seed}|debtor|${key}`, { region, index, names });
    index += 1;
    return identity;
  };
}

interface Place {
  region: Region;
  index: number;
  names: Set<string>;
}

function makeIdentity(key: string, { region, index, names }: Place): Identity {
  const random = createRandom(key);
  const code = 10_001 + index;
  const consumer = random.next() < CONSUMER_SHARE;
  const person = `${random.pick(FIRST_NAMES[region])} ${random.pick(SURNAMES[region])}`;
  const name = uniqueName(names, code, () => (consumer ? person : businessName(random, region)));
  const numbers = consumer ? { vatNumber: null, chamberOfCommerce: null } : registrationOf(random, region);
  const hasEmail = index % WITHOUT_EMAIL_EVERY !== WITHOUT_EMAIL_AT;
  return {
    id: guidsOf(key)[0],
    code,
    name,
    contactName: person,
    email: hasEmail ? emailOf(random, name, { region, code, consumer }) : null,
    ...addressOf(random, region),
    language: languageOf(random, region, consumer),
    country: region === 'netherlands' ? 'NL' : 'BE',
    ...numbers,
    consumer,
  };
}

function uniqueName(names: Set<string>, code: number, propose: () => string): string {
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const name = propose();
    if (names.has(name)) continue;
    names.add(name);
    return name;
  }
  // A book of 20,000 debtors runs out of combinations; the code tells namesakes apart, as bookkeepers do.
  return `${propose()} (${code})`;
}

function businessName(random: Random, region: Region): string {
  const surname = capitalised(random.pick(SURNAMES[region]));
  const form = random.pick(LEGAL_FORMS[region]);
  const trade = random.pick(TRADES[region]);
  if (random.next() < 0.2) return `${surname} & ${random.pick(SURNAMES[region])} ${form}`;
  return region === 'wallonia' ? `${trade} ${surname} ${form}` : `${surname} ${trade} ${form}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function registrationOf(random: Random, region: Region): Pick<Identity, 'vatNumber' | 'chamberOfCommerce'> {
  if (region === 'netherlands') {
    return {
      vatNumber: `NL${dutchRsin(random.between(80_000_000, 86_999_999))}B01`,
      chamberOfCommerce: String(random.between(10_000_000, 89_999_999)),
    };
  }
  const enterprise = belgianEnterpriseNumber(random.between(4_000_000, 7_999_999));
  return { vatNumber: `BE${enterprise}`, chamberOfCommerce: enterprise };
}

type AddressFields = Pick<Identity, 'addressLine' | 'postcode' | 'city' | 'phone'>;

function addressOf(random: Random, region: Region): AddressFields {
  const place = random.pick<{ city: string; postcode: readonly [number, number]; areaCode: string }>(PLACES[region]);
  const digits = random.between(place.postcode[0], place.postcode[1]);
  const street = random.pick(STREETS[region]);
  const house = random.between(1, 180);
  const dutch = region === 'netherlands';
  return {
    addressLine: region === 'wallonia' ? `${street}, ${house}` : `${street} ${house}`,
    postcode: dutch ? `${digits} ${random.pick(LETTERS)}${random.pick(LETTERS)}` : String(digits),
    city: place.city,
    phone: phoneOf(random, dutch ? '31' : '32', place.areaCode),
  };
}

/** No F, I, O, Q, U, Y, and no S, so that the unused SA, SD and SS cannot come up. */
const LETTERS = [
  'A',
  'B',
  'C',
  'D',
  'E',
  'G',
  'H',
  'J',
  'K',
  'L',
  'M',
  'N',
  'P',
  'R',
  'T',
  'V',
  'W',
  'X',
  'Z',
] as const;

/** No subscriber number begins with a zero, so nobody can be rung up by a test. */
function phoneOf(random: Random, country: string, areaCode: string): string {
  const length = (country === '31' ? 9 : 8) - areaCode.length;
  const subscriber = String(random.between(0, 9_999)).padStart(length, '0');
  return `+${country} ${areaCode} ${subscriber.slice(0, length - 4)} ${subscriber.slice(-4)}`;
}

function languageOf(random: Random, region: Region, consumer: boolean): Identity['language'] {
  if (region === 'wallonia') return 'fr';
  return !consumer && random.next() < ENGLISH_SHARE ? 'en' : 'nl';
}

const MAILBOXES = {
  netherlands: ['administratie', 'crediteuren', 'facturen', 'info'],
  flanders: ['boekhouding', 'facturen', 'administratie', 'info'],
  wallonia: ['comptabilite', 'factures', 'administration', 'info'],
} as const satisfies Record<Region, readonly string[]>;

/** Always under `.example`, which the root zone keeps free for ever (RFC 2606): a slip of a test reaches nobody. */
function emailOf(random: Random, name: string, who: { region: Region; code: number; consumer: boolean }): string {
  const tail = who.region === 'netherlands' ? 'nl.example' : 'be.example';
  if (who.consumer) return `${slugOf(name).replaceAll('-', '.')}.${who.code}@post.${tail}`;
  return `${random.pick(MAILBOXES[who.region])}@${slugOf(name)}.${tail}`;
}

function slugOf(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');
}
