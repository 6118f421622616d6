import { expect } from 'chai';
import * as media from '../../src/vast/ad-media.ts';
import type { Element } from '../../src/vast/element.ts';
import { bodyOf, creatives, extensions, file, portfolio } from '../support/ad-body.ts';

const texts = (elements: readonly Element[]): readonly string[] => elements.map(({ text }) => text);
const nonLinear = (content: string): string => `<NonLinearAds><NonLinear>${content}</NonLinear></NonLinearAds>`;
const extended = (name: string, content: string): string => `<Extension type="${name}">${content}</Extension>`;

describe('the media of an ad', () => {
  it('is that of its Linear, of its NonLinear and of the extension for 2.0', () => {
    const body = bodyOf(
      creatives(nonLinear(file('b')), `<Linear>${file('a')}</Linear>`) + extensions(portfolio(file('c'))),
    );
    expect(texts(media.mediaFilesOf(body))).to.deep.equal(['a', 'b', 'c']);
    expect(media.nonLinearsOf(body)).to.have.length(1);
  });

  it('has interactive files, mezzanines and icons of extensions among those of elements', () => {
    const body = bodyOf(
      creatives(
        '<Linear><Icons><Icon>i</Icon></Icons></Linear>',
        '<NonLinearAds><Icons><Icon>j</Icon></Icons></NonLinearAds>',
      ) +
        extensions(
          extended('InteractiveCreativeFile', '<InteractiveCreativeFile>s</InteractiveCreativeFile>'),
          extended('Mezzanine', '<Mezzanine>z</Mezzanine>'),
          extended('Icon', '<Icon>k</Icon>'),
          portfolio(
            '<MediaFiles><InteractiveCreativeFile>p</InteractiveCreativeFile></MediaFiles><Icons><Icon>l</Icon></Icons>',
          ),
        ),
    );
    expect(texts(media.interactiveFilesOf(body))).to.deep.equal(['p', 's']);
    expect(texts(media.mezzaninesOf(body))).to.deep.equal(['z']);
    expect(texts(media.iconsOf(body))).to.deep.equal(['i', 'j', 'l', 'k']);
  });

  it('is the images of overlays where there is no file', () => {
    const images = ['image/png', 'text/html'].map(
      (type) => `<StaticResource creativeType="${type}">${type}</StaticResource>`,
    );
    const overlay = nonLinear(images.join(''));
    const found = media.overlayImagesOf(bodyOf(creatives(overlay)));
    expect(found.map(media.readOverlayImage).map(({ url, type, width }) => [url, type, width])).to.deep.equal([
      ['image/png', 'image/png', null],
    ]);
    expect(media.overlayImagesOf(bodyOf(creatives(overlay) + extensions(portfolio(file('c')))))).to.deep.equal([]);
    expect(media.overlayImagesOf(bodyOf(creatives(overlay, `<Linear>${file('a')}</Linear>`)))).to.deep.equal([]);
  });

  it('leads where Linear, NonLinear and extension say', () => {
    const click = '<NonLinearClickThrough>n</NonLinearClickThrough>';
    const body = bodyOf(
      creatives('<Linear><VideoClicks><ClickThrough>l</ClickThrough></VideoClicks></Linear>', nonLinear(click)) +
        extensions(portfolio(click.replace('>n<', '>p<'))),
    );
    expect(texts(media.clickThroughsOf(body))).to.deep.equal(['l', 'n', 'p']);
  });
});

describe('adDurationOf', () => {
  const of = (content: string): number | null | undefined => media.adDurationOf(bodyOf(content))?.seconds;

  it('is that of the Linear, else of what is laid over the content', () => {
    const overlay = nonLinear('<Duration>00:00:10</Duration>');
    expect(of(creatives('<Linear><Duration>00:00:15</Duration></Linear>', overlay))).to.equal(15);
    expect(of(creatives(nonLinear(''), overlay))).to.equal(10);
    expect(of(extensions(portfolio('<Duration>00:00:30</Duration>')))).to.equal(30);
  });

  it('is nothing for a still image, and unknown where an interactive part decides', () => {
    expect(of(creatives(nonLinear(file('u', 'image/png'))))).to.equal(undefined);
    const simid = extended('InteractiveCreativeFile', '<InteractiveCreativeFile>s</InteractiveCreativeFile>');
    expect(of(creatives('<Linear><Duration>00:00:00</Duration></Linear>') + extensions(simid))).to.equal(null);
    expect(of(creatives('<Linear/>'))).to.equal(null);
  });
});

describe('adIdsOf', () => {
  it('reads those in extensions too, and each once', () => {
    const id = (value: string): string => `<UniversalAdId idRegistry="ad-id.org">${value}</UniversalAdId>`;
    const body = bodyOf(creatives(id('A')) + extensions(extended('UniversalAdId', id('A') + id('B'))), '2.0');
    expect(media.adIdsOf(body)).to.deep.equal(['A', 'B'].map((value) => ({ idRegistry: 'ad-id.org', value })));
  });
});
