import type { Element } from '../../src/vast/element.ts';
import { read } from './vast-text.ts';

/** The InLine element that holds this markup. */
export function bodyOf(content: string, version = '4.2'): Element {
  return read(`<VAST version="${version}"><Ad><InLine>${content}</InLine></Ad></VAST>`).ads[0]!.body;
}

export const creatives = (...each: readonly string[]): string =>
  `<Creatives>${each.map((one) => (one.startsWith('<Creative') ? one : `<Creative>${one}</Creative>`)).join('')}</Creatives>`;

export const extensions = (...each: readonly string[]): string => `<Extensions>${each.join('')}</Extensions>`;

/** The extension of the CTV Ad Portfolio for VAST 2.0 with this content. */
export const portfolio = (content: string): string => `<Extension type="ctv_ad_portfolio">${content}</Extension>`;

/** One signal as 4.x writes it. */
export const signal = (name: string, value: string | number): string =>
  `<Extension type="${name}" ext="adcom"><${name}>${value}</${name}></Extension>`;

export const file = (url: string, type = 'video/mp4'): string =>
  `<MediaFiles><MediaFile delivery="progressive" type="${type}" width="1920" height="1080">${url}</MediaFile></MediaFiles>`;
