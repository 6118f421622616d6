import { expect } from 'chai';
import { sendPage } from '../../src/admin/send-page.ts';

describe('sendPage', () => {
  it('answers with HTML and the status', () => {
    const ctx = { status: 0, type: '', body: '' };
    sendPage(ctx, 404, '<!doctype html>');
    expect(ctx).to.deep.equal({ status: 404, type: 'text/html; charset=utf-8', body: '<!doctype html>' });
  });
});
