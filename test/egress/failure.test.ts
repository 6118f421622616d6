import { expect } from 'chai';
import { abortedFailure, blockedFailure, codeOf, errorFailure } from '../../src/egress/failure.ts';
import { BlockedError } from '../../src/egress/guard.ts';
import type { Stage } from '../../src/egress/phases.ts';

const withCode = (code: unknown): Error =>
  Object.assign(new Error('GET https://ads.example/?secret=1 failed'), { code });

describe('errorFailure', () => {
  const cases: readonly (readonly [Stage, unknown, string])[] = [
    ['dns', withCode('ENOTFOUND'), 'dns'],
    ['dns', withCode('ETIMEOUT'), 'dns'],
    ['dns', new BlockedError('private'), 'egress-blocked'],
    ['connect', withCode('ECONNREFUSED'), 'connect'],
    ['connect', withCode('ECONNRESET'), 'connect'],
    ['connect', withCode('EMFILE'), 'busy'],
    ['tls', withCode('CERT_HAS_EXPIRED'), 'tls'],
    ['tls', withCode('ECONNRESET'), 'tls'],
    ['reply', withCode('ECONNRESET'), 'reset'],
    ['reply', withCode('EPIPE'), 'reset'],
    ['reply', withCode('HPE_INVALID_CONSTANT'), 'http-protocol'],
    ['reply', withCode('HPE_HEADER_OVERFLOW'), 'too-large'],
    ['reply', withCode('ERR_INVALID_HTTP_TOKEN'), 'http-protocol'],
    ['body', withCode('ECONNRESET'), 'reset'],
    ['body', withCode('HPE_INVALID_CHUNK_SIZE'), 'http-protocol'],
    ['body', 'a string that was thrown', 'reset'],
    ['body', null, 'reset'],
  ];
  for (const [stage, error, reason] of cases) {
    it(`${codeOf(error)} while ${stage} is ${reason}`, () => {
      expect(errorFailure('ads.example', stage, error).reason).to.equal(reason);
    });
  }

  it('never repeats the message of an error', () => {
    for (const [stage, error] of cases) {
      expect(errorFailure('ads.example', stage, error).message).to.match(/^ads\.example: [^?]+$/);
    }
    expect(errorFailure('a', 'body', withCode('https://ads.example/?secret=1')).message).not.to.include('secret');
  });
});

describe('abortedFailure', () => {
  it('says how late our own process was, where that may be why', () => {
    expect(abortedFailure('a', 'reply', 'timeout', 106.6).message).to.equal(
      'a: the deadline passed while waiting for the reply; our own process was 107 ms late',
    );
  });

  it('tells the deadline from a caller who went away', () => {
    expect(abortedFailure('a', 'tls', 'timeout')).to.deep.equal({
      reason: 'timeout',
      message: 'a: the deadline passed while making the TLS handshake',
    });
    expect(abortedFailure('a', 'body', 'caller gone').reason).to.equal('cancelled');
    expect(abortedFailure('a', 'body', null).reason).to.equal('timeout');
  });
});

describe('blockedFailure', () => {
  it('names the class', () => {
    expect(blockedFailure('10.0.0.1', 'private').message).to.include('10.0.0.1').and.to.include('(private)');
    expect(blockedFailure('', 'scheme').message).to.equal('the URL: the egress guard refused the address (scheme)');
  });
});
