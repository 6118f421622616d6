import { expect } from 'chai';
import { redactFor } from '../../src/debug/redact.ts';
import { sharedTag } from '../../src/debug/shared-tag.ts';
import { unwrapRequest } from '../support/unwrap-request.ts';

describe('sharedTag', () => {
  const redact = redactFor(unwrapRequest({ url: 'https://a.example/' }, { device: { ip: '198.51.100.77' } }));

  it('hides persons and keys of a URL, of OpenRTB and of a document', () => {
    expect(sharedTag(' https://a.example/v?token=CANARY&sz=1 ', redact)).to.equal(
      'https://a.example/v?token=REDACTED&sz=1',
    );
    expect(sharedTag('{"device":{"ifa":"CANARY"},"adm":"<VAST/>"}', redact))
      .to.include('<VAST/>')
      .and.not.include('CANARY');
    expect(sharedTag('<VAST><Ad id="198.51.100.77"/></VAST>', redact)).to.equal('<VAST><Ad id="REDACTED"/></VAST>');
  });
});
