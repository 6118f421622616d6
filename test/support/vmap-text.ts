/** A VMAP document of such breaks. */
export const vmapOf = (...breaks: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<vmap:VMAP xmlns:vmap="http://www.iab.net/videosuite/vmap" version="1.0">\n${breaks.join('\n')}\n</vmap:VMAP>`;

export const adBreak = (source: string, attributes = 'timeOffset="start" breakType="linear" breakId="pre"'): string =>
  `<vmap:AdBreak ${attributes}>${source}</vmap:AdBreak>`;

export const tagSource = (uri: string, id = 's1'): string =>
  `<vmap:AdSource id="${id}"><vmap:AdTagURI templateType="vast3"><![CDATA[${uri}]]></vmap:AdTagURI></vmap:AdSource>`;

export const dataSource = (vast: string, id = 's1'): string =>
  `<vmap:AdSource id="${id}"><vmap:VASTAdData>${vast}</vmap:VASTAdData></vmap:AdSource>`;
