import { z } from 'zod';
import {
  AdSchema,
  AssetListSchema,
  FindingSchema,
  HopSchema,
  ProblemSchema,
  TrackerSchema,
  UnwrapReportSchema,
  ValidateReportSchema,
  VmapReportSchema,
} from './answer-schema.ts';
import { PROBLEMS } from './problem.ts';
import { BidBatchSchema, UnwrapBodySchema, UnwrapQuerySchema, UrlQuerySchema, ValidateBodySchema } from './schema.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** The schemas that operations refer to, by their names in the document. */
export const COMPONENTS = {
  UnwrapBody: UnwrapBodySchema,
  BidBatch: BidBatchSchema,
  ValidateBody: ValidateBodySchema,
  ValidateReport: ValidateReportSchema,
  UnwrapReport: UnwrapReportSchema,
  AssetList: AssetListSchema,
  VmapReport: VmapReportSchema,
  Hop: HopSchema,
  Ad: AdSchema,
  Tracker: TrackerSchema,
  Finding: FindingSchema,
  Problem: ProblemSchema,
};

const reference = (name: keyof typeof COMPONENTS): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
const content = (types: readonly string[], schema: JsonSchema): JsonSchema =>
  Object.fromEntries(types.map((type) => [type, { schema }]));
const plain = (description: string): JsonSchema => ({ description });

const XML_TYPES = ['application/xml', 'text/xml'];
const XML_DOCUMENT: JsonSchema = { type: 'string', description: 'A VAST document.' };
const includeOf = (word: string, what: string): JsonSchema => ({
  name: 'include',
  in: 'query',
  description: `\`${word}\` ${what}`,
  schema: { type: 'string', enum: [word] },
});
const FORMAT: JsonSchema = {
  name: 'format',
  in: 'query',
  description: '`assetlist` answers with an HLS asset list, trackers and verifications as SVTA2053 has them.',
  schema: { type: 'string', enum: ['assetlist'] },
};
const INCLUDE = includeOf('trackers', 'puts every tracking URL with its place into the JSON answer.');

/** What the OpenAPI document says of each route, made from the schemas that requests are checked with. */
export const OPERATIONS = {
  unwrap: {
    operationId: 'unwrap',
    summary: 'Unwrap one tag or document',
    description: 'The query holds the options where the body is XML.',
    parameters: [...queryParameters(UnwrapQuerySchema), INCLUDE, FORMAT],
    requestBody: {
      required: true,
      content: {
        ...content(['application/json'], reference('UnwrapBody')),
        ...content(XML_TYPES, XML_DOCUMENT),
      },
    },
    responses: { ...unwrapAnswers(), ...problems(400, 413, 415) },
  },
  unwrapUrl: {
    operationId: 'unwrapUrl',
    summary: 'Unwrap one tag',
    parameters: [...queryParameters(UrlQuerySchema), INCLUDE, FORMAT],
    responses: { ...unwrapAnswers(), ...problems(400) },
  },
  vmap: {
    operationId: 'unwrapVmap',
    summary: 'Unwrap every ad break of a VMAP document',
    description: 'The body is that of `/v1/unwrap`; `adm` is a VMAP document, or `url` gives one.',
    parameters: [...queryParameters(UnwrapQuerySchema), INCLUDE],
    requestBody: {
      required: true,
      content: {
        ...content(['application/json'], reference('UnwrapBody')),
        ...content(XML_TYPES, { type: 'string', description: 'A VMAP document.' }),
      },
    },
    responses: {
      200: {
        description: 'The breaks in their order.',
        content: content(['application/json'], reference('VmapReport')),
      },
      204: plain('The request was refused under overload, or its body came too late.'),
      ...problems(400, 413, 415),
    },
  },
  unwrapBids: {
    operationId: 'unwrapBids',
    summary: 'Unwrap the video and audio bids of a BidResponse',
    description:
      'The same BidResponse comes back, corrected; bids that are lost stand in `ext.seatnonbid` by name, with a loss reason.',
    parameters: [includeOf('bids', 'puts what publishers want to know of each bid into `ext.unwrap.bids`.')],
    requestBody: { required: true, content: content(['application/json'], reference('BidBatch')) },
    responses: {
      200: {
        description: 'The BidResponse; `seatbid` is empty where no bid is left, and `nbr` says why where it can.',
        content: content(['application/json'], { type: 'object' }),
      },
      204: plain('There was no bid, or nothing to bid on, or the request was refused.'),
      ...problems(400, 413, 415),
    },
  },
  validate: {
    operationId: 'validate',
    summary: 'Look at a document, fetching nothing',
    requestBody: {
      required: true,
      content: {
        ...content(['application/json'], reference('ValidateBody')),
        ...content(XML_TYPES, XML_DOCUMENT),
      },
    },
    responses: {
      200: {
        description: 'What was found.',
        content: content(['application/json'], reference('ValidateReport')),
      },
      ...problems(400, 413, 415),
    },
  },
  unwrapHook: {
    operationId: 'unwrapHook',
    summary: "The unwrap hook of PubMatic's prebid-server fork",
    description: '`bid.adm` in, the document out; headers `unwrap-status` (0 for an ad) and `unwrap-count`.',
    requestBody: { required: true, content: content(XML_TYPES, XML_DOCUMENT) },
    responses: { 200: plain('The document, or nothing: see `unwrap-status`.'), ...problems(413, 415) },
  },
  ping: { summary: 'Keep a connection warm', responses: { 204: plain('Nothing was done.') } },
  livez: { summary: 'Does the process run?', responses: { 200: plain('It does.') } },
  readyz: {
    summary: 'May requests be sent here? With ?verbose, why or why not',
    responses: { 200: plain('They may.'), 503: plain('Warming up, draining, or nothing could be let in for seconds.') },
  },
  openapi: { summary: 'This document', responses: { 200: plain('OpenAPI 3.1.') } },
} satisfies Record<string, JsonSchema>;

function unwrapAnswers(): JsonSchema {
  const header = (description: string): JsonSchema => ({ description, schema: { type: 'string' } });
  const headers = {
    'VAST-Status': header('The status, as in the JSON answer.'),
    'VAST-Error': header('The VAST error code; absent where there is none.'),
    'VAST-Wrappers': header('Wrappers read on the way to the ad.'),
    'VAST-Removed': header('With `project`: how many elements left the document for the device.'),
    'Server-Timing': header('The whole, and each hop with its host.'),
    traceresponse: header('The trace of this request [Trace Context Level 2].'),
  };
  const ok = {
    ...content(['application/json'], { anyOf: [reference('UnwrapReport'), reference('AssetList')] }),
    ...content(XML_TYPES, XML_DOCUMENT),
  };
  return {
    200: { description: 'JSON: the report, whatever the status. XML: the document to play.', headers, content: ok },
    204: { description: 'XML: there is no ad; the headers say why.', headers },
  };
}

/** The problems that a route can answer with, and the two that every route can. */
function problems(...statuses: readonly number[]): JsonSchema {
  const answer = (status: number): [number, JsonSchema] => {
    const codes = Object.entries(PROBLEMS).filter(([, row]) => row.status === status);
    const description = codes.map(([code, { title }]) => `\`${code}\`: ${title}.`).join(' ');
    return [status, { description, content: content(['application/problem+json'], reference('Problem')) }];
  };
  return Object.fromEntries([...statuses, 500, 503].map(answer));
}

function queryParameters(schema: z.ZodObject): readonly JsonSchema[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: property,
  }));
}
