import { runLawCommand } from '../../src/law/index.js';

function run(line: string) {
  let stdout = '';
  let stderr = '';
  const exitCode = runLawCommand(line.split(' '), {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
  });
  return {
    exitCode,
    stdout,
    stderr,
    json: stdout === '' ? undefined : (JSON.parse(stdout) as Record<string, unknown>),
  };
}

describe('openpost law', () => {
  it('costs', () => {
    const { exitCode, json } = run(
      'costs --country NL --kind consumer --principal 1000 --vat-not-deductible --on 2026-11-22',
    );
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({ costs: '150.00', vat: '31.50', total: '181.50', currency: 'EUR' });
    expect(json?.['source']).toContain('art. 2');
    expect(json?.['rows']).toMatchObject([{ from: '2012-07-01', minimum: '40.00', maximum: '6775.00', slices: [{ upTo: '2500.00', perMille: '150' }, {}, {}, {}, {}] }]); // prettier-ignore
  });

  it('interest', () => {
    const { exitCode, json } = run(
      'interest --country=NL --kind=business --principal=8400 --due=2026-05-30 --paid=2026-06-21',
    );
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({
      total: '51.39',
      segments: [{ from: '2026-05-31', to: '2026-06-21', days: 22, rate: '10.15', interest: '51.39' }],
      rows: [{ from: '2025-07-01', to: '2026-06-30', rate: '10.15' }],
    });
  });

  it('term', () => {
    expect(run('term --country BE --channel post --sent 2026-11-06').json).toMatchObject({
      starts: '2026-11-12',
      lastDay: '2026-11-25',
      claimFrom: '2026-11-26',
    });
    expect(run('term --country NL --channel post --sent 2026-11-06').json).toMatchObject({ received: '2026-11-10' });
  });

  it.each([
    ['costs --country FR --kind consumer --principal 1', '--country: expected one of NL, BE, got "FR"'],
    ['costs --country NL --kind person --principal 1', '--kind: expected one of'],
    ['costs --country NL --kind consumer', '--principal: expected to be given'],
    ['costs --country NL --kind consumer --principal', '--principal: expected a value'],
    ['costs --country NL --kind consumer --principal 1,50', '--principal: expected a decimal amount'],
    ['costs --country NL --kind consumer --principal -5', '--principal: expected an amount of zero or more'],
    ['costs --country NL --kind consumer --principal 1 --on 2012-06-30', '--on: expected a day'],
    ['costs --country NL --kind consumer --principal 1 --on 2026-02-30', '--on: expected a calendar date'],
    ['costs --country NL --kind consumer --principal 1 --rate 5', '--rate: expected one of'],
    ['costs --country NL --country BE --kind consumer --principal 1', '--country: expected to be given once'],
    [
      'interest --country NL --kind business --principal 1 --due 30-05-2026 --paid 2026-06-21',
      '--due: expected a calendar date',
    ],
    ['interest --country NL --kind business --principal 1 --due 2026-12-31 --paid 2027-01-01', 'no rate for 2027 H1'],
    ['term --country NL --channel pigeon --sent 2026-11-06', '--channel: expected one of post, email'],
    ['terms', 'law: expected one of costs, interest, term'],
  ])('%s is refused with the argument named', (line, message) => {
    const { exitCode, stdout, stderr } = run(line);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
