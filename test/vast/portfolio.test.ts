import { expect } from 'chai';
import {
  creativeOfPortfolio,
  formatOfAd,
  isPortfolio,
  portfoliosOf,
  readSignal,
  signalsOf,
} from '../../src/vast/portfolio.ts';
import { bodyOf, creatives, extensions, file, portfolio, signal } from '../support/ad-body.ts';

const LINEAR = `<Linear>${file('https://m.example/a.mp4')}</Linear>`;
const NON_LINEAR = '<NonLinearAds><NonLinear/></NonLinearAds>';
const format = (content: string): string => formatOfAd(bodyOf(content), signalsOf([bodyOf(content)]));

describe('signalsOf', () => {
  it('reads one for each extension in 4.x, and attr as often as it stands', () => {
    const said = [signal('plcmt', 5), signal('pos', ' 7 '), signal('attr', 19), signal('attr', 21), signal('attr', 21)];
    expect(signalsOf([bodyOf(extensions(...said))])).to.deep.equal({
      plcmt: 5,
      pos: 7,
      playbackmethod: null,
      attr: [19, 21],
    });
  });

  it('reads those of the extension for 2.0', () => {
    const content = portfolio('<plcmt>6</plcmt><playbackmethod>11</playbackmethod><attr>21</attr>');
    expect(signalsOf([bodyOf(extensions(content), '2.0')])).to.deep.equal({
      plcmt: 6,
      pos: null,
      playbackmethod: 11,
      attr: [21],
    });
  });

  it('takes each from the InLine, else from the closest wrapper that has it', () => {
    const bodies = [
      [signal('pos', 7)],
      [signal('plcmt', 5), signal('pos', 8)],
      [signal('plcmt', 6), signal('attr', 23)],
    ];
    expect(signalsOf(bodies.map((each) => bodyOf(extensions(...each))))).to.deep.equal({
      ...{ plcmt: 5, pos: 7, playbackmethod: null, attr: [23] },
    });
  });

  it('says nothing where nothing is said in numbers', () => {
    const silent = [
      '',
      extensions(signal('plcmt', 'pause')),
      extensions('<Extension type="plcmt"><plcmt>5</plcmt></Extension>'),
    ];
    for (const each of silent) expect(signalsOf([bodyOf(each)])).to.equal(null);
  });

  it('passes over the extension of an overlay beside a film', () => {
    const both = creatives(
      `<Creative id="film">${LINEAR}</Creative>`,
      `<Creative id="overlay">${NON_LINEAR}</Creative>`,
    );
    const about = (id: string): string =>
      both + extensions(portfolio(`<CreativeId>${id}</CreativeId><plcmt>7</plcmt>`));
    expect(signalsOf([bodyOf(about('overlay'))])).to.equal(null);
    expect(signalsOf([bodyOf(about('film'))])?.plcmt).to.equal(7);
  });
});

describe('formatOfAd', () => {
  for (const [plcmt, expected] of [
    [5, 'pause'],
    [6, 'screensaver'],
    [7, 'overlay'],
    [8, 'squeezeback'],
    [9, 'in-scene'],
  ] as const)
    it(`is ${expected} by placement ${plcmt}, whichever way that is said and whatever it is made of`, () => {
      for (const made of [LINEAR, NON_LINEAR])
        expect(format(creatives(made) + extensions(signal('plcmt', plcmt)))).to.equal(expected);
      expect(format(creatives(NON_LINEAR) + extensions(portfolio(`<plcmt>${plcmt}</plcmt>`)))).to.equal(expected);
    });

  it('goes by how it is started, then by where it stands', () => {
    expect(format(creatives(NON_LINEAR) + extensions(signal('playbackmethod', 9)))).to.equal('pause');
    expect(format(creatives(NON_LINEAR) + extensions(signal('playbackmethod', 10)))).to.equal('screensaver');
    expect(format(creatives(NON_LINEAR) + extensions(signal('pos', 14)))).to.equal('overlay');
    expect(format(creatives(NON_LINEAR) + extensions(signal('pos', 17)))).to.equal('squeezeback');
    expect(format(creatives(NON_LINEAR) + extensions(signal('pos', 7)))).to.equal('nonlinear');
    expect(format(creatives(LINEAR) + extensions(signal('pos', 14)))).to.equal('linear');
  });

  it('is what it is made of where nothing is said', () => {
    expect(format(creatives(LINEAR, NON_LINEAR))).to.equal('linear');
    expect(format(creatives('<Linear/>', NON_LINEAR))).to.equal('nonlinear');
    expect(format(extensions(portfolio(file('u'))))).to.equal('nonlinear');
    expect(format(creatives('<Linear/>'))).to.equal('linear');
    expect(format(creatives('<CompanionAds/>'))).to.equal('companion');
    expect(format(creatives(LINEAR) + extensions(signal('plcmt', 1)))).to.equal('linear');
  });
});

describe('creativeOfPortfolio', () => {
  it('is the one that is named, else the one that is nonlinear', () => {
    const both = creatives(
      `<Creative id="film">${LINEAR}</Creative>`,
      `<Creative id="overlay">${NON_LINEAR}</Creative>`,
    );
    const of = (content: string): string | undefined => {
      const body = bodyOf(both + extensions(portfolio(content)));
      return creativeOfPortfolio(portfoliosOf(body)[0]!, body)?.attributes.get('id');
    };
    expect([of('<CreativeId>film</CreativeId>'), of(''), of('<CreativeId>x</CreativeId>')]).to.deep.equal([
      'film',
      'overlay',
      undefined,
    ]);
  });
});

describe('isPortfolio', () => {
  it('goes by the type of an Extension', () => {
    const [own] = bodyOf(extensions('<Extension type="own"/>', portfolio(''))).children;
    expect(own!.children.map(isPortfolio)).to.deep.equal([false, true]);
  });
});

describe('readSignal', () => {
  it('reads whole numbers alone', () => {
    expect(['7', '007', '', '-1', '1.5', 'pause', '9999999'].map(readSignal)).to.deep.equal([
      7,
      7,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});
