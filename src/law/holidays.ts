import { addDays, weekdayOf, type BusinessDate } from '../kernel/index.js';
import type { LawCountry } from './types.js';

export interface Holiday {
  readonly date: BusinessDate;
  /** The name in Dutch, as both countries' law has it. */
  readonly name: string;
}

/** A fixed day "MM-DD" or a number of days after Easter Sunday. */
type Rule = { readonly name: string } & ({ readonly day: string } | { readonly easter: number });

/**
 * NL: Algemene termijnenwet art. 3 (Good Friday is equated with a holiday there).
 * BE: the ten days of the law of 4 January 1974.
 */
const RULES: Record<LawCountry, readonly Rule[]> = {
  NL: [
    { name: 'Nieuwjaarsdag', day: '01-01' },
    { name: 'Goede Vrijdag', easter: -2 },
    { name: 'Tweede paasdag', easter: 1 },
    { name: 'Koningsdag', day: '04-27' },
    { name: 'Bevrijdingsdag', day: '05-05' },
    { name: 'Hemelvaartsdag', easter: 39 },
    { name: 'Tweede pinksterdag', easter: 50 },
    { name: 'Eerste kerstdag', day: '12-25' },
    { name: 'Tweede kerstdag', day: '12-26' },
  ],
  BE: [
    { name: 'Nieuwjaar', day: '01-01' },
    { name: 'Paasmaandag', easter: 1 },
    { name: 'Dag van de Arbeid', day: '05-01' },
    { name: 'Onze-Lieve-Heer-Hemelvaart', easter: 39 },
    { name: 'Pinkstermaandag', easter: 50 },
    { name: 'Nationale feestdag', day: '07-21' },
    { name: 'Onze-Lieve-Vrouw-Hemelvaart', day: '08-15' },
    { name: 'Allerheiligen', day: '11-01' },
    { name: 'Wapenstilstand', day: '11-11' },
    { name: 'Kerstmis', day: '12-25' },
  ],
};

const SATURDAY = 6;
const SUNDAY = 7;

/** Public holidays of a year, in order of date. */
export function holidaysOf(country: LawCountry, year: number): readonly Holiday[] {
  const easter = easterSunday(year);
  return RULES[country]
    .map((rule) => ({
      name: rule.name,
      date: 'easter' in rule ? addDays(easter, rule.easter) : fixedDay(year, rule.day),
    }))
    .sort((left, right) => (left.date < right.date ? -1 : 1));
}

export function isHoliday(date: BusinessDate, country: LawCountry): boolean {
  return holidaysOf(country, Number(date.slice(0, 4))).some((holiday) => holiday.date === date);
}

/** Monday to Friday and no public holiday; with `saturdayCounts`, Saturdays too. */
export function isWorkingDay(date: BusinessDate, country: LawCountry, saturdayCounts = false): boolean {
  const weekday = weekdayOf(date);
  if (weekday === SUNDAY || (weekday === SATURDAY && !saturdayCounts)) return false;
  return !isHoliday(date, country);
}

/** `date` itself when it is a working day, else the first one after it. */
export function nextWorkingDay(date: BusinessDate, country: LawCountry): BusinessDate {
  let day = date;
  while (!isWorkingDay(day, country)) day = addDays(day, 1);
  return day;
}

/**
 * The day on which a message may leave: never on a weekend or a holiday of the debtor's country. Of a country without
 * a list here only the weekends are known.
 */
export function nextSendingDay(date: BusinessDate, country: string): BusinessDate {
  if (country === 'NL' || country === 'BE') return nextWorkingDay(date, country);
  const weekday = weekdayOf(date);
  return weekday >= SATURDAY ? addDays(date, SUNDAY + 1 - weekday) : date;
}

/** Easter Sunday in the Gregorian calendar (the anonymous algorithm of 1876). */
export function easterSunday(year: number): BusinessDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const leapCenturies = Math.floor(century / 4);
  const moonCorrection = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - leapCenturies - moonCorrection + 15) % 30;
  const yearOfCentury = year % 100;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const shift = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const sum = epact + weekday - 7 * shift + 114;
  return fixedDay(year, `${two(Math.floor(sum / 31))}-${two((sum % 31) + 1)}`);
}

/** King's Day moves to Saturday when 27 April is a Sunday. */
function fixedDay(year: number, day: string): BusinessDate {
  const date = `${String(year).padStart(4, '0')}-${day}` as BusinessDate;
  return day === '04-27' && weekdayOf(date) === SUNDAY ? addDays(date, -1) : date;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
