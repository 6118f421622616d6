/** What a comment may say of a platform, with the first number of its version; whatever else stands in one is of a device. */
const PLATFORM =
  /^(khtml, like gecko|windows(?: nt)?|macintosh|intel mac os x|mac os x|x11|cros|linux|ubuntu|android|iphone|ipad|ipod|apple ?tv|cpu(?: iphone)? os|ios|tvos|smart-tv|smarttv|tizen|web0s|webos|playstation|xbox|roku|compatible|mobile|tv|wv|u)\b(?:[ /](\d{1,4})(?!\d))?/i;
/** The letters that a product begins with, and the first number of its version: the rest may be a model or a build. */
const PRODUCT = /^([a-z][a-z_+-]{0,40})[^/]*(?:\/(\d{1,4})(?!\d))?/i;
/** Nobody's user agent is longer. */
const MAX_LENGTH = 2000;

/**
 * A user agent without what tells one device from others of its kind, as browsers freeze theirs: of versions only the
 * first number is left, of comments only the platform. Models, builds and serial numbers go.
 */
export function genericUserAgent(userAgent: string): string {
  return partsOf(userAgent.slice(0, MAX_LENGTH))
    .map(({ isComment, text }) => (isComment ? platformsIn(text) : productsIn(text)))
    .filter((part) => part !== '')
    .join(' ');
}

type Part = { readonly isComment: boolean; text: string };

/** Products and comments in turn. What is nested in a comment is a part of it, and one that never ends goes to the end. */
function partsOf(userAgent: string): readonly Part[] {
  let part: Part = { isComment: false, text: '' };
  const parts = [part];
  let depth = 0;
  for (const character of userAgent) {
    const before = depth;
    if (character === '(') depth += 1;
    if (character === ')' && depth > 0) depth -= 1;
    if ((before === 0) !== (depth === 0)) parts.push((part = { isComment: depth > 0, text: '' }));
    else part.text += before === depth ? character : ';';
  }
  return parts;
}

function platformsIn(comment: string): string {
  const platforms = comment.split(';').map((each) => {
    const [, platform = '', version] = PLATFORM.exec(each.trim()) ?? [];
    return version === undefined ? platform : `${platform} ${version}`;
  });
  const kept = platforms.filter((each) => each !== '');
  return kept.length === 0 ? '' : `(${kept.join('; ')})`;
}

function productsIn(text: string): string {
  const products = text.split(/\s+/).map((each) => {
    const [, product = '', version] = PRODUCT.exec(each) ?? [];
    return version === undefined ? product : `${product}/${version}.0`;
  });
  return products.filter((each) => each !== '').join(' ');
}
