import { expect } from 'chai';
import { type WarmTask, partOf, planWarming, type WarmList } from '../../src/warming/warm-plan.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

const plan = (over: Partial<WarmList>, refused: readonly string[] = []) =>
  planWarming({ hosts: [], tags: [], media: [], ask: false, perSecond: 20, ...over }, (url) =>
    refused.some((each) => url.includes(each)) ? 'the egress guard refuses it (name)' : null,
  );
const words = (tasks: readonly WarmTask[]): readonly string[] => tasks.map((each) => Object.values(each).join(' '));

describe('planWarming', () => {
  it('connects to each host once, and looks at each file once', () => {
    const hosts = ['ads.example', 'https://ads.example', 'http://ads.example:8080/path', 'ads.example:8443'];
    const media = ['https://m.example/a.mp4', 'https://m.example/a.mp4'];
    expect(words(plan({ hosts, media }).tasks)).to.deep.equal([
      'connect https://ads.example',
      'connect http://ads.example:8080',
      'connect https://ads.example:8443',
      'look https://m.example/a.mp4',
    ]);
  });

  it('asks no tag for its ad unless that is wanted', () => {
    const tags = ['https://ads.example/v?x=1'];
    expect(words(plan({ tags }).tasks)).to.deep.equal(['connect https://ads.example']);
    expect(words(plan({ tags, ask: true }).tasks)).to.deep.equal([
      'connect https://ads.example',
      'ask https://ads.example/v?x=1',
    ]);
  });

  it('takes hosts and files out of documents', () => {
    const document = vast(inLineAd({ id: 'a' }), wrapperAd({ uri: 'https://next.example/v' }));
    expect(words(plan({ tags: [document] }).tasks)).to.deep.equal([
      'look https://m.example/a.mp4',
      'connect https://next.example',
    ]);
    expect(plan({ tags: [document], ask: true }).tasks.at(-1)).to.deep.equal({ kind: 'ask', tag: document });
  });

  it('says what nothing is done for, without the values of a query', () => {
    const hosts = ['10.0.0.1', 'a b', ''];
    const tags = ['no url?canary', '<VAST', 'https://10.0.0.1/?id=canary'];
    const { tasks, refused } = plan({ hosts, tags, media: ['ftp:canary'] }, ['10.0.0.1', 'ftp:']);
    expect(tasks).to.deep.equal([]);
    expect(refused.map(({ reason }) => reason)).to.deep.equal([
      'the egress guard refuses it (name)',
      'it is no URL',
      'it is no URL',
      'it is no URL',
      'it is no VAST document',
      'the egress guard refuses it (name)',
      'the egress guard refuses it (name)',
    ]);
    expect(JSON.stringify(refused)).not.to.contain('canary');
  });
});

describe('partOf', () => {
  it('gives each process all but the tags, and each tag to one', () => {
    const { tasks } = plan({
      tags: ['https://a.example/1', 'https://a.example/2', 'https://a.example/3'],
      media: ['https://m.example/x'],
      ask: true,
    });
    const parts = [0, 1].map((part) => partOf(tasks, part, 2));
    for (const part of parts) expect(part.filter(({ kind }) => kind !== 'ask')).to.have.length(2);
    const asked = parts.flat().flatMap((each) => (each.kind === 'ask' ? [each.tag] : []));
    expect(asked).to.have.members(['https://a.example/1', 'https://a.example/2', 'https://a.example/3']);
    expect(partOf(tasks, 0, 1)).to.deep.equal(tasks);
  });
});
