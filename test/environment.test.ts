import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { SettingsError } from '../src/config.ts';
import { type Environment, readEnvironment } from '../src/environment.ts';
import { temporaryFolder } from './support/tools.ts';

describe('readEnvironment', () => {
  /** Reads an environment whose SETTINGS_FILE holds a text. */
  const read = (text: string, env: Environment = {}): ReturnType<typeof readEnvironment> => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'settings');
    writeFileSync(path, text);
    const { values, hidden } = readEnvironment({ ...env, SETTINGS_FILE: path });
    return { values: { ...values, SETTINGS_FILE: undefined }, hidden };
  };
  const mistakesOf = (run: () => unknown): readonly string[] => {
    try {
      run();
    } catch (error) {
      if (error instanceof SettingsError) return error.mistakes.map((each) => each.replace(/\/\S*: /, 'file: '));
    }
    throw new Error('nothing was wrong');
  };

  it('is the environment where no file is named', () => {
    for (const env of [{ PORT: '1' }, { SETTINGS_FILE: ' ' }]) {
      expect(readEnvironment(env)).to.deep.equal({ values: env, hidden: [] });
    }
  });

  it('adds the lines of the file, with comments, quotes and both ends of lines', () => {
    const text = '# ours\r\n\r\nPORT = 9000\r\nexport LOG_LEVEL="debug"\nEGRESS_ALLOW=10.0.0.1,ads.lan # ours too\n';
    const { values, hidden } = read(text, { HOST: '127.0.0.1' });
    expect(values).to.include({
      HOST: '127.0.0.1',
      PORT: '9000',
      LOG_LEVEL: 'debug',
      EGRESS_ALLOW: '10.0.0.1,ads.lan',
    });
    expect(hidden).to.deep.equal([]);
  });

  it('lets the environment say more, and tells where the file says something else', () => {
    const { values, hidden } = read('PORT=1\nLOG_LEVEL=debug\nHOST=::1', { PORT: '2', LOG_LEVEL: 'debug', HOST: '' });
    expect(values).to.include({ PORT: '2', LOG_LEVEL: 'debug', HOST: '::1' });
    expect(hidden).to.deep.equal(['PORT']);
  });

  it('tells every line that is wrong, by its number, and nothing that stands there', () => {
    const text = 'PORT=1\nsecret-word\nPROT=80\nSETTINGS_FILE=/etc/other\n{ "PORT": 1 }\n';
    const mistakes = mistakesOf(() => read(text));
    expect(mistakes).to.deep.equal([
      'SETTINGS_FILE=file: line 2 is not NAME=value',
      'SETTINGS_FILE=file: line 3: PROT: there is no such setting; did you mean PORT?',
      'SETTINGS_FILE=file: line 4: a file cannot name another',
      'SETTINGS_FILE=file: line 5 is not NAME=value',
    ]);
  });

  it('tells of a file that cannot be read', () => {
    const mistakes = mistakesOf(() => readEnvironment({ SETTINGS_FILE: '/nowhere/settings' }));
    expect(mistakes).to.deep.equal(['SETTINGS_FILE=file: the file cannot be read (ENOENT)']);
  });
});
