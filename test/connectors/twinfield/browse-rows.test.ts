import * as fc from 'fast-check';
import { rowsIn } from '../../../src/connectors/twinfield/browse-rows.js';
import { resultIn } from '../../../src/connectors/twinfield/soap.js';
import {
  attributeOf,
  childOf,
  childrenOf,
  escapeXml,
  parseXml,
  textOf,
} from '../../../src/connectors/twinfield/xml.js';
import { browseAnswer, processed, rowOf, wireRowOf } from './support.js';

/** The same rows, by way of the parser. */
function parsed(xml: string) {
  return childrenOf(parseXml(xml).node, 'tr').map((row) => {
    const part = (name: string): string => textOf(childOf(childOf(row, 'key'), name)).trim();
    const cells = childrenOf(row, 'td').map((cell) => [attributeOf(cell, 'field')!.slice(8), textOf(cell).trim()]);
    return {
      key: { office: part('office'), code: part('code'), number: part('number'), line: part('line') },
      cells: Object.fromEntries(cells) as Record<string, string>,
    };
  });
}

describe('rows read off their tags', () => {
  it('are the rows', () => {
    expect(rowsIn(browseAnswer([wireRowOf(), wireRowOf({ number: '2', line: '3' })]))).toEqual([rowOf(), rowOf({ number: '2', line: '3' })]); // prettier-ignore
    expect(rowsIn(browseAnswer([]))).toEqual([]);
  });

  it('are what the parser reads, whatever stands in them', () => {
    const text = fc.string({ unit: 'grapheme' }).map((given) => escapeXml(given));
    const shown = text.map((given) => given.replaceAll('"', '&quot;').replaceAll('&gt;', '>'));
    const cell = fc.record({ name: fc.constantFrom('line.a', 'line.b', 'head.c'), value: text, shown, empty: fc.boolean() }); // prettier-ignore
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(cell, { selector: ({ name }) => name, minLength: 1 })), (rows) => {
        const xml = browseAnswer(
          rows.map((cells, index) => {
            const tds = cells.map((each) =>
              each.empty
                ? `<td field="fin.trs.${each.name}" name="${each.shown}"/>`
                : `<td field="fin.trs.${each.name}" hideforuser="false" name="${each.shown}">${each.value}</td>`,
            );
            return `<tr>${tds.join('')}<key><office>001</office><code>VRK</code><number>${index}</number><line>1</line></key></tr>`;
          }),
        );
        expect(rowsIn(xml)).toEqual(parsed(xml));
      }),
    );
  });

  it.each([
    ['a refusal', '<browse result="0" msg="Nee."/>'],
    ['another document', '<dimensions result="1"></dimensions>'],
    ['half an answer', browseAnswer([wireRowOf()]).slice(0, -9)],
    ['a row without its end', browseAnswer([wireRowOf().replace('</tr>', '')])],
    ['CDATA', browseAnswer([wireRowOf({ cells: { 'line.dim2': '<![CDATA[1]]>' } })])],
    ['a comment', browseAnswer([`<!-- <tr> -->${wireRowOf()}`])],
    ['an element within a cell', browseAnswer([wireRowOf({ cells: { 'line.dim2': '<b>1</b>' } })])],
    ['a cell without a field', browseAnswer([wireRowOf().replace('field="fin.trs.line.dim2"', '')])],
  ])('are left to the parser for %s', (_name, xml) => {
    expect(rowsIn(xml)).toBeNull();
  });
});

describe('the result in an envelope', () => {
  it('is taken out as it stands, and is the same by way of the parser', () => {
    const answer = processed(browseAnswer([wireRowOf({ cells: { 'line.dim2': 'A &amp; B' } })]));
    const viaParser = answer.replace(/<ProcessXmlStringResult>/, '<ProcessXmlStringResult><!-- x -->');
    expect(resultIn(answer)).toBe(browseAnswer([wireRowOf({ cells: { 'line.dim2': 'A &amp; B' } })]));
    expect(resultIn(viaParser)).toBe(resultIn(answer));
  });

  it('of half an answer is none', () => {
    const answer = processed(browseAnswer([wireRowOf()]));
    for (const length of [1, 20, 60, 300]) expect(() => parseXml(resultIn(answer.slice(0, -length)))).toThrow();
  });

  it('of many megabytes is read in a few times its size', () => {
    const rows = 6_000;
    const answer = processed(browseAnswer(Array.from({ length: rows }, (_, index) => wireRowOf({ number: String(index) })))); // prettier-ignore
    expect(answer.length).toBeGreaterThan(10_000_000);
    const before = process.memoryUsage().rss;
    expect(rowsIn(resultIn(answer))).toHaveLength(rows);
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 * 1024);
  });
});
