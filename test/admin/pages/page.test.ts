import { expect } from 'chai';
import { html } from '../../../src/admin/pages/html.ts';
import { page, section } from '../../../src/admin/pages/page.ts';

describe('page', () => {
  it('says where it is, and holds no script or style of its own', () => {
    const text = page({ title: '<t>', place: 'hosts', body: html`<p>b</p>` });
    expect(text).to.match(/^<!doctype html>/);
    expect(text)
      .to.include('<title>&lt;t&gt; ·')
      .and.match(/<a href="\/hosts"\s+aria-current="page"/);
    expect(text).not.to.match(/<style|style=|<script>|\son\w+=/);
  });

  it('names a section by its heading', () => {
    expect(section('a', 'A & B', html`<p>x</p>`, 'note').markup).to.include('<h2 id="a-heading">A &amp; B</h2>');
  });
});
