import { expect } from 'chai';
import { undeclaredPrefixes } from '../../src/vast/undeclared-prefixes.ts';
import { read } from '../support/vast-text.ts';

const found = (text: string): readonly string[] =>
  undeclaredPrefixes(read(text)).map(({ prefix, element }) => `${prefix} at ${element.name}`);

describe('undeclaredPrefixes', () => {
  for (const [text, expected] of [
    ['<VAST version="3.0"/>', []],
    ['<VAST xsi:noNamespaceSchemaLocation="vast.xsd"/>', ['xsi at VAST']],
    ['<VAST xmlns:xsi="x" xsi:noNamespaceSchemaLocation="vast.xsd"/>', []],
    ['<VAST xsi:noNamespaceSchemaLocation="vast.xsd" xmlns:xsi="x"/>', []],
    ['<VAST><a:b/></VAST>', ['a at a:b']],
    ['<VAST><a:b xmlns:a="x"><a:c/></a:b></VAST>', []],
    ['<VAST><a:b xmlns:a="x"/><a:c/></VAST>', ['a at a:c']],
    ['<VAST><a:b/><a:c/><d:e d:f="" g:h=""/></VAST>', ['a at a:b', 'd at d:e', 'g at d:e']],
    ['<VAST xml:lang="en" xmlns="x"/>', []],
    ['<VAST><a:_b/></VAST>', ['a at a:_b']],
    ['<VAST><a:\u00e9/></VAST>', ['a at a:\u00e9']],
    ['<VAST><a><![CDATA[https://b.example:80/?t=00:00:15]]></a><c:d/></VAST>', ['c at c:d']],
    ['<VAST xmlns:a="x"><b xmlns:c="y" a:d=""><c:e/></b><c:f/></VAST>', ['c at c:f']],
  ] as const) {
    it(`of ${text}`, () => expect(found(text)).to.deep.equal(expected));
  }
});
