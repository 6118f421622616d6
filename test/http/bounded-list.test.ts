import { expect } from 'chai';
import { z } from 'zod';
import { fewFields, boundedList } from '../../src/http/bounded-list.ts';

describe('listOf', () => {
  const schema = z.object({ list: boundedList(z.number(), 1000).exactOptional() });
  const issuesOf = (list: unknown) => schema.safeParse({ list }).error?.issues.map(({ path }) => path.join('.')) ?? [];

  it('takes as many entries as it says', () => {
    expect(schema.parse({ list: Array(1000).fill(1) }).list).to.have.length(1000);
    expect(schema.parse({})).to.deep.equal({});
  });

  it('names each wrong entry of a short list', () => {
    expect(issuesOf([1, 'a', 2, 'b'])).to.deep.equal(['list.1', 'list.3']);
    expect(issuesOf('x')).to.deep.equal(['list']);
  });

  it('names the first of a long list, and of a longer one its length', () => {
    expect(issuesOf([...Array<number>(500).fill(1), 'a', 'b'])).to.deep.equal(['list.500']);
    expect(issuesOf(Array(1001).fill('a'))).to.deep.equal(['list']);
    expect(issuesOf(Array(1e6).fill({}))).to.deep.equal(['list']);
  });

  it('is an array of its entries to who reads the schema', () => {
    expect(z.toJSONSchema(schema, { io: 'input' })).to.have.nested.property('properties.list.items.type', 'number');
    expect(z.toJSONSchema(schema, { io: 'input' })).to.have.nested.property('properties.list.maxItems', 1000);
  });
});

describe('fewFields', () => {
  it('looks at their number before what stands in them', () => {
    const schema = z.preprocess(fewFields(2), z.record(z.string(), z.number()));
    expect(schema.safeParse({ a: 1, b: 2 }).success).to.equal(true);
    expect(schema.safeParse({ a: '', b: '', c: '' }).error?.issues).to.have.length(1);
    expect(schema.safeParse({ a: '', b: '' }).error?.issues).to.have.length(2);
    expect(schema.safeParse(7).success).to.equal(false);
  });
});
