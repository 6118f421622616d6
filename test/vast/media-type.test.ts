import { expect } from 'chai';
import { canBe, isSameType, isScriptType, isTextType } from '../../src/vast/media-type.ts';

describe('isScriptType', () => {
  it('knows the names of JavaScript', () => {
    const names = ['text/javascript', 'application/x-javascript', 'Application/ECMAScript; charset=utf-8', 'text/html'];
    expect(names.map(isScriptType)).to.deep.equal([true, true, true, false]);
  });
});

describe('isTextType', () => {
  it('knows scripts, pages and manifests from films', () => {
    const types = ['text/html', 'application/x-javascript', 'application/dash+xml', 'application/x-mpegURL'];
    expect(types.filter((type) => !isTextType(type))).to.deep.equal([]);
    expect(['video/mp4', 'application/octet-stream', ''].filter(isTextType)).to.deep.equal([]);
  });
});

describe('isSameType', () => {
  it('goes by what players take for the same, without parameters and case', () => {
    expect(isSameType('VIDEO/MP4; codecs="avc1.64001f"', 'video/mp4')).to.equal(true);
    expect(isSameType('video/quicktime', 'video/mp4')).to.equal(true);
    expect(isSameType('application/x-javascript', 'text/javascript')).to.equal(true);
    expect(isSameType('application/xhtml+xml', 'text/html')).to.equal(true);
    expect(isSameType('video/webm', 'video/mp4')).to.equal(false);
    expect(isSameType('text/plain', 'text/javascript')).to.equal(false);
  });
});

describe('canBe', () => {
  it('takes a text for a script, and an element for a page', () => {
    expect(canBe('text/plain', 'text/javascript')).to.equal(true);
    expect(canBe('application/xml', 'text/html; charset=utf-8')).to.equal(true);
    expect(canBe('video/mp4', 'audio/mp4')).to.equal(true);
  });

  it('takes no page for a script, nor any text for a page or a film', () => {
    expect(canBe('text/html', 'text/javascript')).to.equal(false);
    expect(canBe('text/plain', 'text/html')).to.equal(false);
    expect(canBe('text/plain', 'video/mp4')).to.equal(false);
  });
});
