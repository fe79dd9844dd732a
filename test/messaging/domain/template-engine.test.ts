import { validateTemplate } from '../../../src/messaging/domain/index.js';
import { defaultTemplates } from '../../../src/messaging/templates/index.js';

const BLOCKS = '\n\n{% payment %}\n\n{% invoices %}';

function problemsOf(body: string, subject = 'Factuur') {
  return validateTemplate({ key: 'first-reminder', language: 'nl', subject, body });
}

describe('validateTemplate', () => {
  it.each(defaultTemplates().map((each) => [each.key, each.language, each] as const))(
    '%s %s is fine',
    (_key, _language, template) => {
      expect(validateTemplate(template)).toEqual([]);
    },
  );

  it.each([
    ['{{ debtor.nmae }}', 'debtor.nmae'],
    ['{{ bedrag }}', 'bedrag'],
    ['{% if level == 9 %}{{ never.shown }}{% endif %}', 'never.shown'],
    ['{{ invoices[0].nr }}', 'invoices.0.nr'],
    ['{{ constructor }}', 'constructor'],
    ['{{ debtor.__proto__ }}', 'debtor.__proto__'],
  ])('names the unknown variable in %s', (source, variable) => {
    expect(problemsOf(source + BLOCKS)).toEqual([
      { field: 'body', variable, message: `unknown variable "${variable}"` },
    ]);
  });

  it.each([
    ['{{ debtor.name', 'not closed'],
    ['{% if count %}x', 'not closed'],
    ['{{ count | shout }}', 'undefined filter: shout'],
    ['{{ "now" | date: "%Y" }}', 'undefined filter: date'],
    ['{% include "/etc/passwd" %}', 'tag "include" not found'],
    ['{% render "other" %}', 'tag "render" not found'],
    ['{% for i in (1..100000000) %}x{% endfor %}', 'limit exceeded'],
    ['{% for i in invoices %}{{ i.nr }}{% endfor %}', 'i.nr'],
  ])('refuses %s', (source, message) => {
    expect(problemsOf(source + BLOCKS)).toEqual([
      { field: 'body', message: expect.stringContaining(message) as string },
    ]);
  });

  it('knows members, sizes and loops of lists', () => {
    expect(
      problemsOf(
        `{{ invoices.size }} {{ invoices.first.number }} {% for each in invoices %}{{ each.open }}{% endfor %}${BLOCKS}`,
      ),
    ).toEqual([]);
  });

  it('wants the payment and the invoices in the body and one short line as subject', () => {
    expect(problemsOf('Beste {{ recipient }}')).toEqual([
      { field: 'body', message: '{% payment %} is missing' },
      { field: 'body', message: '{% invoices %} is missing' },
    ]);
    expect(problemsOf(BLOCKS, ' ')).toEqual([{ field: 'subject', message: 'the subject is empty' }]);
    expect(problemsOf(BLOCKS, 'x'.repeat(151))).toMatchObject([
      { field: 'subject', message: expect.stringContaining('longer') as string },
    ]);
    expect(problemsOf(BLOCKS, '{% payment %}')).toMatchObject([
      { field: 'subject', message: expect.stringContaining('no blocks') as string },
    ]);
  });
});
