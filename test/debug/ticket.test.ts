import { expect } from 'chai';
import { redactFor } from '../../src/debug/redact.ts';
import { ticketOf } from '../../src/debug/ticket.ts';
import { debugRun } from '../support/debug-run.ts';
import { hopReport } from '../support/unwrap-result.ts';
import { unwrapRequest } from '../support/unwrap-request.ts';

const finding = { rule: 'openrtb/mimes', severity: 'error', message: 'no type that the imp takes', hop: 1, line: 7, path: null, vastError: 403, lossReason: null, spec: null } as const; // prettier-ignore

describe('ticketOf', () => {
  const hops = [hopReport(), hopReport({ index: 1, kind: 'inline', host: 'adserver.example', url: 'https://adserver.example/?token=CANARY' })]; // prettier-ignore
  const findings = [finding, { ...finding, rule: 'openrtb/secure-media', message: 'plain http\nonly', hop: 0 }];
  const request = unwrapRequest({ url: 'https://a.example/?iu=/1/a&cb=%%CB%%&ip=198.51.100.77' }, { imp: {} });
  const run = debugRun({ status: 'rejected', reason: 'openrtb/mimes', vastError: 403, hops, findings }, { request });
  const text = ticketOf(run, 'http://localhost:8081/debug/r/x', redactFor(run.request));

  it('begins with what an SSP would do, and names whom to tell what', () => {
    expect(text).to.match(/^An SSP would drop this bid although there is an ad: no type that the imp takes\.\n/);
    expect(text)
      .to.match(/To adserver\.example:\n {2}Add a rendition/)
      .and.match(/To ads\.example:\n {2}\S/);
    expect(text).to.include('Also: Plain http only.').and.include('%%CB%% unfilled');
    expect(text).to.include('hop 1, line 7: No type that the imp takes. [openrtb/mimes]');
  });

  it('has the chain, what it was held against, and the address of the page', () => {
    expect(text).to.include('  1 adserver.example: inline, VAST 4.2, HTTP 200, 12 ms');
    expect(text).to.include('Held against: an in-stream web player').and.include('http://localhost:8081/debug/r/x\n');
    expect(text).to.include('Tag: https://a.example/?iu=/1/a');
  });

  it('has nothing that others may not see', () => {
    expect(text).not.to.match(/CANARY|198\.51/);
  });
});
