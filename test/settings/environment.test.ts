import { randomBytes } from 'node:crypto';
import { readSettings } from '../../src/settings/index.js';

const key = `k1:${randomBytes(32).toString('base64')}`;
const read = (variables: Record<string, string>) => readSettings(variables, () => key);

describe('settings from the environment', () => {
  it('needs nothing: embedded database, in-process queue, port 3000', () => {
    const settings = read({});
    expect(settings).toMatchObject({
      port: 3000,
      publicUrl: 'http://localhost:3000',
      databaseUrl: null,
      redisUrl: null,
      maxStalenessMinutes: 1440,
    });
    expect(settings.connectors).toMatchObject({ 'exact-online': null, twinfield: null, clearfacts: null });
  });

  it.each([
    ['PORT', '30oo', 'a port number'],
    ['DATABASE_URL', 'mysql://x', 'a postgres:// URL'],
    ['REDIS_URL', 'localhost:6379', 'a redis:// URL'],
    ['SMTP_URL', 'mail.example', 'smtp://'],
    ['OPENPOST_MAX_STALENESS_MINUTES', 'a day', 'a whole number of minutes'],
    ['OPENPOST_ADMIN_PASSWORD', 'short', 'at least 10 characters'],
    ['LOG_LEVEL', 'loud', 'one of fatal'],
    ['EXACT_ONLINE_BASE_URL', 'http://start.exactonline.nl', 'an https URL'],
    ['TWINFIELD_LOGIN_URL', 'http://login.twinfield.com', 'an https URL'],
    ['OPENPOST_SECRET_KEYS', 'k1:c2hvcnQ=', 'base64-of-32-bytes'],
  ])('refuses a wrong %s by name', (name, value, expected) => {
    expect(() => read({ [name]: value })).toThrow(new RegExp(`^${name}: expected .*${expected}`));
  });

  it('allows a stand-in on localhost', () => {
    const settings = read({
      EXACT_ONLINE_BASE_URL: 'http://localhost:4010/',
      EXACT_ONLINE_CLIENT_ID: 'id',
      EXACT_ONLINE_CLIENT_SECRET: 'secret',
    });
    expect(settings.connectors['exact-online']).toEqual({
      baseUrl: 'http://localhost:4010',
      clientId: 'id',
      clientSecret: 'secret',
      extra: {},
    });
  });

  it('takes the app of Twinfield, by default at its login site', () => {
    const app = { TWINFIELD_CLIENT_ID: 'id', TWINFIELD_CLIENT_SECRET: 'secret' };
    const expected = { baseUrl: 'https://login.twinfield.com', clientId: 'id', clientSecret: 'secret', extra: {} };
    expect(read(app).connectors['twinfield']).toEqual(expected);
    const local = read({ ...app, TWINFIELD_LOGIN_URL: 'http://localhost:4020/' });
    expect(local.connectors['twinfield']).toEqual({ ...expected, baseUrl: 'http://localhost:4020' });
  });

  it.each(['EXACT_ONLINE', 'TWINFIELD'])('names the half that is missing of a credential pair of %s', (name) => {
    expect(() => read({ [`${name}_CLIENT_ID`]: 'id' })).toThrow(new RegExp(`^${name}_CLIENT_SECRET: expected`));
    expect(() => read({ [`${name}_CLIENT_SECRET`]: 'x' })).toThrow(new RegExp(`^${name}_CLIENT_ID: expected`));
  });

  it('takes the app of ClearFacts, its two hosts and its profile', () => {
    const app = { CLEARFACTS_CLIENT_ID: 'id', CLEARFACTS_CLIENT_SECRET: 'secret' };
    expect(read(app).connectors['clearfacts']).toEqual({
      baseUrl: 'https://login.clearfacts.be',
      clientId: 'id',
      clientSecret: 'secret',
      extra: { apiUrl: 'https://api.clearfacts.be/graphql', profile: 'public' },
    });
    expect(read({ ...app, CLEARFACTS_PROFILE: 'extended' }).connectors['clearfacts']?.extra['profile']).toBe(
      'extended',
    );
    expect(() => read({ CLEARFACTS_PROFILE: 'private' })).toThrow(/^CLEARFACTS_PROFILE: expected public or extended/);
    expect(() => read({ CLEARFACTS_CLIENT_SECRET: 'secret' })).toThrow(/^CLEARFACTS_CLIENT_ID: expected/);
  });

  it('treats an empty variable as absent', () => {
    expect(read({ DATABASE_URL: '' }).databaseUrl).toBeNull();
  });

  it('is frozen', () => {
    expect(Object.isFrozen(read({}))).toBe(true);
  });
});
