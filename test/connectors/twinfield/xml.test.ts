import * as fc from 'fast-check';
import {
  attributeOf,
  childOf,
  childrenOf,
  decode,
  element,
  elementAt,
  escapeXml,
  MalformedXml,
  parseXml,
  textOf,
} from '../../../src/connectors/twinfield/xml.js';

describe('the XML of Twinfield', () => {
  it('keeps codes, numbers and dates as the text they are', () => {
    const { name, node } = parseXml('<d result="1"><code>0010</code><n>1e5</n><t>true</t><v> 0.10 </v></d>');
    expect(name).toBe('d');
    expect(['code', 'n', 't', 'v'].map((each) => textOf(childOf(node, each)))).toEqual([
      '0010',
      '1e5',
      'true',
      ' 0.10 ',
    ]);
    expect(attributeOf(node, 'result')).toBe('1');
  });

  it('knows elements by their local name, whatever the prefix', () => {
    const { node } = parseXml('<a:R xmlns:a="u" xmlns:b="v"><b:X i:nil="true">x</b:X></a:R>');
    expect(textOf(childOf(node, 'X'))).toBe('x');
  });

  it('reads one child, many and none alike', () => {
    const { node } = parseXml('<r><one>1</one><many>1</many><many>2</many></r>');
    expect(['one', 'many', 'none'].map((name) => childrenOf(node, name).length)).toEqual([1, 2, 0]);
    expect(textOf(elementAt(node, 'none', 'below'))).toBe('');
    expect(childOf(node, 'constructor')).toBeNull();
  });

  it('takes CDATA for what it says, and entities once', () => {
    const { node } = parseXml('<r><c><![CDATA[<list>&amp;</list>]]></c><e>&amp;lt;&#233;&#xE9;&#38;lt;</e></r>');
    expect(textOf(childOf(node, 'c'))).toBe('<list>&amp;</list>');
    expect(textOf(childOf(node, 'e'))).toBe('&lt;éé&lt;');
  });

  it.each([
    ['nothing', ''],
    ['a page', 'Service Unavailable'],
    ['a page in tags', '<!doctype html><title>x</title>'],
    ['entities of its own', '<!DOCTYPE r [<!ENTITY x "y">]><r>&x;</r>'],
    ['half an answer', '<r><a>1</a><a>'],
    ['an answer cut within a tag', '<r><a>1</a></'],
    ['two roots', '<r></r><r></r>'],
  ])('refuses %s', (_name, text) => {
    expect(() => parseXml(text)).toThrow(MalformedXml);
  });

  it('leaves an entity that it does not know alone', () => {
    expect(decode('&nbsp;&#0;&#x110000;')).toBe('&nbsp;&#0;&#x110000;');
  });

  it('drops what no XML can hold', () => {
    expect(escapeXml('a\u0000b\u0008c\uFFFFd\uD800e\n')).toBe('abcde\n');
  });

  it('brings any text there and back', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(text, (given) => {
        // oxlint-disable-next-line no-control-regex -- what no XML can hold
        const clean = given.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '');
        expect(textOf(parseXml(element('t', given)).node)).toBe(clean);
      }),
    );
  });
});
