import { readAmount, readDate, Unreadable } from '../../../src/connectors/files/index.js';
import { readCountry, readLanguage } from '../../../src/connectors/files/values.js';

describe('cells of files', () => {
  it.each([
    ['1.234,56', 'comma', 123456n],
    ['1234,5', 'comma', 123450n],
    ['€ 1.234,56-', 'comma', -123456n],
    ['-1.234', 'comma', -123400n],
    ['(12,00)', 'comma', -1200n],
    ['1,234.56', 'point', 123456n],
    ["1'234.56", 'point', 123456n],
    ['EUR 0.10', 'point', 10n],
    [1234.56, 'comma', 123456n],
    [0.1 + 0.2, 'comma', 30n],
  ] as const)('reads %p with a decimal %s as %p', (cell, numbers, minor) => {
    expect(readAmount(cell, 'EUR', numbers)).toBe(minor);
  });

  it.each([
    ['1,234.56', 'comma'],
    ['1.234,56', 'point'],
    ['12.34', 'comma'],
    ['veel', 'comma'],
    ['', 'comma'],
    ['1,234', 'comma'],
    ['=1+1', 'point'],
    ['1e5', 'point'],
  ] as const)('refuses %p with a decimal %s instead of guessing', (cell, numbers) => {
    expect(() => readAmount(cell, 'EUR', numbers)).toThrow(Unreadable);
  });

  it.each([
    ['3-4-2026', 'dmy', '2026-04-03'],
    ['03/04/2026', 'mdy', '2026-03-04'],
    ['31.12.26', 'dmy', '2026-12-31'],
    ['2026-04-03', 'mdy', '2026-04-03'],
    ['2026-04-03T00:00:00', 'dmy', '2026-04-03'],
    ['20260403', 'dmy', '2026-04-03'],
    [46_115, 'dmy', '2026-04-03'],
    ['46115', 'dmy', '2026-04-03'],
  ] as const)('reads the date %p (%s) as %s', (cell, dates, expected) => {
    expect(readDate(cell, dates)).toBe(expected);
  });

  it.each([
    ['31-4-2026', 'dmy'],
    ['13-13-2026', 'dmy'],
    ['31/12/2026', 'mdy'],
    ['morgen', 'dmy'],
    [12, 'dmy'],
  ] as const)('refuses the date %p (%s)', (cell, dates) => {
    expect(() => readDate(cell, dates)).toThrow(/such as/);
  });

  it('knows countries and languages by code and by name, and nothing by half', () => {
    expect(['nl', 'België', 'Pays-Bas', 'UK', 'Ruritanië'].map(readCountry)).toEqual(['NL', 'BE', 'NL', 'GB', null]);
    expect(['nl-BE', 'Français', 'ENG', 'Klingon'].map(readLanguage)).toEqual(['nl', 'fr', 'en', null]);
  });
});
