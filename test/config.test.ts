import { expect } from 'chai';
import { completeSettings, misspelled, printSettings, readSettings, SettingsError } from '../src/config.ts';
import { SETTINGS } from '../src/settings-table.ts';

function mistakesOf(env: Record<string, string>): readonly string[] {
  return mistakesIn(() => readSettings(env));
}

function mistakesIn(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes;
    throw error;
  }
  return [];
}

describe('readSettings', () => {
  it('has a default for everything', () => {
    const settings = readSettings({});
    expect(settings.PORT).to.equal(8080);
    expect(settings.ADMIN_HOST).to.equal('127.0.0.1');
    expect(settings.TMAX_DEFAULT_MS).to.equal(100);
    expect(settings.MAX_BODY_BYTES).to.equal(1_048_576);
    expect(settings.KEEP_ALIVE_MS).to.equal(150_000);
    expect(settings.EGRESS_PORTS).to.deep.equal([80, 443, 8080, 8443]);
    expect(settings.CACHE_URL).to.equal(null);
  });

  it('reads every kind of value, and takes an empty one for absent', () => {
    const settings = readSettings({
      PORT: '0',
      HOST: '::1',
      EGRESS_ALLOW: '127.0.0.1, 10.0.0.0/8,Ads.Example , fd00::/8',
      EGRESS_PORTS: '80,81',
      FORWARD_TMAX: 'TRUE',
      OVERLOAD: 'error',
      CACHE_URL: 'redis://cache:6379',
      TMAX_DEFAULT_MS: ' ',
    });
    expect(settings).to.include({ PORT: 0, HOST: '::1', FORWARD_TMAX: true, OVERLOAD: 'error' });
    expect(settings.EGRESS_ALLOW).to.deep.equal(['127.0.0.1', '10.0.0.0/8', 'ads.example', 'fd00::/8']);
    expect(settings.EGRESS_PORTS).to.deep.equal([80, 81]);
    expect(settings.CACHE_URL).to.equal('redis://cache:6379');
    expect(settings.TMAX_DEFAULT_MS).to.equal(100);
  });

  it('tells all mistakes at once, each with what would be right', () => {
    const mistakes = mistakesOf({
      PORT: '99999',
      TMAX_MAX_MS: '1s',
      OVERLOAD: 'panic',
      FORWARD_TMAX: 'yes',
      EGRESS_PORTS: '80,http',
      EGRESS_ALLOW: '10.0.0.0/33',
      CACHE_URL: 'memcached://x',
      ADMIN_TOKEN: 'short',
      ADMIN_HOST: '0.0.0.0',
    });
    expect(mistakes).to.have.length(9);
    expect(mistakes).to.include('PORT=99999: must be a whole number, 0 to 65535');
    expect(mistakes).to.include('TMAX_MAX_MS=1s: must be a whole number, 1 to 600000 (ms)');
    expect(mistakes).to.include('OVERLOAD=panic: must be one of no-bid, error');
    expect(mistakes.join()).to.not.contain('short').and.not.contain('memcached');
  });

  it('refuses what is only wrong together', () => {
    expect(mistakesOf({ TMAX_DEFAULT_MS: '50', TMAX_MAX_MS: '40' })[0]).to.contain('TMAX_MAX_MS');
    expect(mistakesOf({ TMAX_DEFAULT_MS: '5', RESERVE_MS: '5' })[0]).to.contain('RESERVE_MS');
    expect(mistakesOf({ PORT: '8081' })[0]).to.contain('ADMIN_PORT');
    expect(mistakesOf({ PORT: '0', ADMIN_PORT: '0' })).to.deep.equal([]);
  });

  for (const host of ['0.0.0.0', '::', '10.1.2.3', 'admin.example']) {
    it(`refuses ADMIN_HOST=${host} without ADMIN_TOKEN`, () => {
      expect(mistakesOf({ ADMIN_HOST: host })[0]).to.contain('ADMIN_TOKEN');
      expect(mistakesOf({ ADMIN_HOST: host, ADMIN_TOKEN: '0123456789abcdef' })).to.deep.equal([]);
    });
  }
  for (const host of ['127.0.0.1', '127.8.8.8', '::1', 'localhost']) {
    it(`needs no token on ${host}`, () => expect(mistakesOf({ ADMIN_HOST: host })).to.deep.equal([]));
  }
});

describe('completeSettings', () => {
  it('has the default of what is left out', () => {
    expect(completeSettings({})).to.deep.equal(readSettings({}));
    expect(completeSettings({ PORT: undefined, CACHE_URL: null })).to.deep.equal(readSettings({}));
    expect(completeSettings(readSettings({ PORT: '1' }))).to.deep.equal(readSettings({ PORT: '1' }));
  });

  it('takes values as they are typed', () => {
    const given = { TMAX_DEFAULT_MS: 50, EGRESS_ALLOW: ['10.0.0.0/8'], FORWARD_TMAX: true, CACHE_URL: 'redis://a' };
    expect(completeSettings(given)).to.deep.include(given);
  });

  const wrong: readonly (readonly [string, unknown])[] = [
    ['TMAX_DEFAULT_MS', NaN],
    ['TMAX_DEFAULT_MS', '100'],
    ['TMAX_DEFAULT_MS', 0.5],
    ['TMAX_DEFAULT_MS', -1],
    ['TMAX_DEFAULT_MS', null],
    ['TMAX_DEFAULT_MS', [100]],
    ['FORWARD_TMAX', 'true'],
    ['HOST', true],
    ['EGRESS_ALLOW', '127.0.0.1'],
    ['EGRESS_ALLOW', ['not an address']],
    ['EGRESS_PORTS', [0]],
    ['CACHE_URL', new URL('redis://cache')],
    ['OVERLOAD', () => 'error'],
  ];
  for (const [name, value] of wrong) {
    it(`refuses ${name} as ${typeof value} ${JSON.stringify(value)}, by name`, () => {
      const mistakes = mistakesIn(() => completeSettings({ [name]: value }));
      expect(mistakes).to.have.length(1);
      expect(mistakes[0])
        .to.match(new RegExp(`^${name}=`))
        .and.contain('must be');
    });
  }

  it('refuses a name that is no setting, with the one that was meant', () => {
    const mistakes = mistakesIn(() => completeSettings({ TMAX_DEFAULT: 80, colour: 'red' }));
    expect(mistakes[0]).to.contain('did you mean TMAX_DEFAULT_MS');
    expect(mistakes[1]).to.equal('colour: there is no such setting');
  });
});

describe('misspelled', () => {
  it('names what was probably meant', () => {
    const found = misspelled({ PROT: '1', TMAX_DEFAULT: '80', VAST_UNWRAP_WORKERS: '2' });
    expect(found).to.have.length(3);
    expect(found.join()).to.contain('PORT').and.contain('TMAX_DEFAULT_MS').and.contain('WORKERS');
  });

  it('says nothing of settings, nor of what others use', () => {
    const others = ['HOME', 'HOSTNAME', 'PATH', 'OTEL_LOG_LEVEL', 'npm_config_port', 'KUBERNETES_PORT', 'NODE_OPTIONS'];
    expect(
      misspelled(Object.fromEntries([...Object.keys(SETTINGS), ...others].map((name) => [name, 'x']))),
    ).to.deep.equal([]);
  });
});

describe('printSettings', () => {
  it('shows every setting, and secrets masked', () => {
    const printed = printSettings(readSettings({ ADMIN_TOKEN: '0123456789abcdef', CACHE_URL: 'redis://:pw@cache' }));
    const names = printed
      .trimEnd()
      .split('\n')
      .map((line) => line.split('=')[0]);
    expect(names).to.deep.equal(Object.keys(SETTINGS));
    expect(printed).to.contain('ADMIN_TOKEN=***\n').and.contain('CACHE_URL=***\n').and.contain('PORT=8080\n');
    expect(printed).to.not.contain('0123456789abcdef').and.not.contain('pw');
  });
});
