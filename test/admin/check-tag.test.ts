import { expect } from 'chai';
import { checkAlone, checkTag, type CheckDeps } from '../../src/admin/check-tag.ts';
import { refusedRow } from '../../src/batch/batch-row.ts';
import { readSettings } from '../../src/config.ts';
import { untraced } from '../../src/unwrap/ports.ts';
import { emptyForm } from '../../src/debug/debug-form.ts';
import type { UnwrapRequest } from '../../src/unwrap/request.ts';
import { unwrapResult } from '../support/unwrap-result.ts';

describe('checkTag', () => {
  const asked: UnwrapRequest[] = [];
  const deps: CheckDeps = {
    unwrap: (request) => {
      asked.push(request);
      return Promise.resolve(unwrapResult());
    },
    trace: untraced,
    limits: readSettings({}),
  };
  const form = { ...emptyForm(4000, 3), ua: 'Player/1', preset: 'instream' };

  it('asks for a tag with the viewer and imp of the form, and gives a run to look at', async () => {
    const { row, run } = await checkTag({ line: 2, tag: 'ads.example/vast?x=1' }, form, deps);
    expect(asked[0]!.input).to.deep.equal({ url: 'https://ads.example/vast?x=1' });
    expect(asked[0]!.device).to.deep.include({ ua: 'Player/1' });
    expect(asked[0]!.imp).to.have.property('video');
    expect(row).to.include({ line: 2, status: 'resolved', tone: 'good' });
    expect(run).to.deep.include({ tmaxMs: 4000, auctionMs: 100, before: null });
    expect(run!.id).to.match(/^[\w-]{22}$/);
  });

  it('says what is wrong with one that cannot be asked for', async () => {
    const { row, run } = await checkTag({ line: 1, tag: '{"no":"bid"}' }, form, deps);
    expect(run).to.equal(null);
    expect(row).to.include({ line: 1, status: 'invalid', tone: 'bad' });
    expect(row.verdict).to.include('there is no adm');
  });
});

describe('checkAlone', () => {
  it('is what the check comes to, and null for what it throws, which is taken note of', async () => {
    const bugs: unknown[] = [];
    const fault = new Error('a bug');
    const checked = { row: refusedRow({ line: 1, tag: 'x' }, 'No tag.'), run: null };
    expect(
      await checkAlone(
        () => Promise.resolve(checked),
        (error) => bugs.push(error),
      ),
    ).to.equal(checked);
    expect(
      await checkAlone(
        () => Promise.reject(fault),
        (error) => bugs.push(error),
      ),
    ).to.equal(null);
    expect(bugs).to.deep.equal([fault]);
  });
});
